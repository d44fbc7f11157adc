import { type RefObject, useEffect, useRef, useState } from 'react';
import { DoorKiosk } from '../door-kiosk.js';
import type { Pairing } from '../link/pair.js';
import { firstState, type KioskState } from './scene.pure.js';

/** The kiosk of a door, alive as long as its picture is on the page. */
export function useDoorKiosk(pairing: Pairing): {
  readonly state: KioskState;
  readonly kiosk: RefObject<DoorKiosk | null>;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
} {
  const [state, setState] = useState(firstState);
  const kiosk = useRef<DoorKiosk>(null);
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!video.current || !canvas.current) return undefined;
    const parts = { pairing, video: video.current, canvas: canvas.current, changed: setState };
    const opened = new DoorKiosk(parts);
    kiosk.current = opened;
    return () => {
      kiosk.current = null;
      opened.close();
    };
  }, [pairing]);
  return { state, kiosk, video, canvas };
}
