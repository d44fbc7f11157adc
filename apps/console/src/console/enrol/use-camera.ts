import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { type CameraFault, faultOf } from './camera-fault.pure.js';

/** Enough for a face to be judged; the gateway makes larger pictures smaller. */
const WIDTH_PX = 1280;
const HEIGHT_PX = 720;

/** A camera, or why there is none. */
export interface Camera {
  readonly stream: MediaStream | undefined;
  readonly fault: CameraFault | undefined;
  /** All that can be chosen among. */
  readonly cameras: readonly MediaDeviceInfo[];
  /** The id of the one whose picture is shown. */
  readonly chosen: string;
  readonly choose: (deviceId: string) => void;
  readonly retry: () => void;
  /** Where its picture is to be shown. */
  readonly video: RefObject<HTMLVideoElement | null>;
  /** To be told when the first picture is shown: from then on, `isSeen`, one can be taken. */
  readonly onSeen: () => void;
  readonly isSeen: boolean;
}

async function open(deviceId: string): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    video: {
      width: { ideal: WIDTH_PX },
      height: { ideal: HEIGHT_PX },
      ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: 'user' }),
    },
  });
}

const isThere = () => window.isSecureContext && 'mediaDevices' in navigator;

/** Opens a camera for as long as the page shows it; one that is plugged in, or let go elsewhere, is tried again. */
export function useCamera(): Camera {
  // A new one each time that the camera is to be opened, the same again too.
  const [wanted, setWanted] = useState({ deviceId: '' });
  const [stream, setStream] = useState<MediaStream>();
  const [fault, setFault] = useState<CameraFault | undefined>(isThere() ? undefined : 'insecure');
  const [cameras, setCameras] = useState<readonly MediaDeviceInfo[]>([]);
  const retry = useCallback(() => setWanted(({ deviceId }) => ({ deviceId })), []);
  useEffect(() => {
    if (!isThere()) return undefined;
    let isLeft = false;
    let opened: MediaStream | undefined;
    const begin = async () => {
      const got = await open(wanted.deviceId);
      if (isLeft) return end(got);
      opened = got;
      got.getVideoTracks()[0]?.addEventListener('ended', () => setFault('gone'));
      setFault(undefined);
      setStream(got);
      setCameras(await listCameras());
    };
    begin().catch((error: unknown) => {
      if (!isLeft) setFault(faultOf(error));
    });
    return () => {
      isLeft = true;
      setStream(undefined);
      if (opened) end(opened);
    };
  }, [wanted]);
  useEffect(() => {
    if (!isThere()) return undefined;
    const changed = () => {
      if (fault) retry();
      else void listCameras().then(setCameras);
    };
    navigator.mediaDevices.addEventListener('devicechange', changed);
    return () => navigator.mediaDevices.removeEventListener('devicechange', changed);
  }, [fault, retry]);
  const video = useRef<HTMLVideoElement>(null);
  const [seen, setSeen] = useState<MediaStream>();
  const shown = fault ? undefined : stream;
  useEffect(() => {
    if (!video.current || !shown) return;
    video.current.srcObject = shown;
    // Refused only where the page is left meanwhile.
    video.current.play().catch(() => undefined);
  }, [shown]);
  const chosen = stream?.getVideoTracks()[0]?.getSettings().deviceId ?? wanted.deviceId;
  const choose = (deviceId: string) => setWanted({ deviceId });
  return {
    stream: shown,
    fault,
    cameras,
    chosen,
    choose,
    retry,
    video,
    onSeen: () => setSeen(shown),
    isSeen: shown !== undefined && seen === shown,
  };
}

async function listCameras(): Promise<readonly MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '');
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
