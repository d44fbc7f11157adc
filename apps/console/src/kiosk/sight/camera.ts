/** What the camera is doing, or why there is none. */
export type CameraState =
  | 'asking'
  | 'live'
  | 'refused'
  | 'missing'
  | 'busy'
  | 'insecure'
  | 'unsupported';

const WANTED: MediaStreamConstraints = {
  audio: false,
  video: {
    facingMode: 'user',
    width: { ideal: 640 },
    height: { ideal: 480 },
    frameRate: { ideal: 24, max: 30 },
  },
};
const RETRY_MS = 3_000;

/** The browser's camera in a video element, opened again by itself when it was refused, taken or unplugged. */
export class Camera {
  readonly #video: HTMLVideoElement;
  readonly #changed: (state: CameraState) => void;
  #stream: MediaStream | undefined;
  #state: CameraState | undefined;
  #timer = 0;
  #isOpening = false;
  #isClosed = false;

  constructor(video: HTMLVideoElement, changed: (state: CameraState) => void) {
    this.#video = video;
    this.#changed = changed;
    navigator.mediaDevices?.addEventListener('devicechange', this.#devicesChanged);
    void this.#followPermission();
    void this.open();
  }

  /** Opens the camera, where it is not open; also by a person's wish. */
  async open(): Promise<void> {
    if (this.#isOpening || this.#isClosed || this.#state === 'live') return;
    clearTimeout(this.#timer);
    const lack = lackOf();
    if (lack) return this.#tell(lack);
    this.#isOpening = true;
    if (this.#state === undefined) this.#tell('asking');
    try {
      this.#use(await navigator.mediaDevices.getUserMedia(WANTED));
    } catch (error) {
      this.#failed(stateOf(error));
    } finally {
      this.#isOpening = false;
    }
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    navigator.mediaDevices?.removeEventListener('devicechange', this.#devicesChanged);
    this.#stop();
  }

  readonly #devicesChanged = () => void this.open();

  #use(stream: MediaStream): void {
    this.#stream = stream;
    if (this.#isClosed) return this.#stop();
    const [track] = stream.getVideoTracks();
    const lost = (state: CameraState) => () => {
      if (this.#stream === stream) this.#failed(state);
    };
    track?.addEventListener('ended', lost('missing'));
    track?.addEventListener('mute', lost('busy'));
    this.#video.srcObject = stream;
    void this.#video.play().catch(() => undefined);
    this.#tell('live');
  }

  #failed(state: CameraState): void {
    this.#stop();
    this.#tell(state);
    // A refusal ends by a change of the permission, which is heard; asking again would only be refused again.
    this.#timer = window.setTimeout(() => void this.#retry(), RETRY_MS);
  }

  async #retry(): Promise<void> {
    if (this.#state === 'refused' && (await permission())?.state === 'denied') {
      this.#timer = window.setTimeout(() => void this.#retry(), RETRY_MS);
    } else if (this.#state !== 'refused' || (await permission())?.state === 'granted') {
      await this.open();
    }
  }

  #stop(): void {
    const stream = this.#stream;
    this.#stream = undefined;
    for (const track of stream?.getTracks() ?? []) track.stop();
    this.#video.srcObject = null;
  }

  async #followPermission(): Promise<void> {
    const status = await permission();
    status?.addEventListener('change', () => {
      if (status.state === 'granted') void this.open();
      else if (status.state === 'denied' && this.#state === 'live') this.#failed('refused');
    });
  }

  #tell(state: CameraState): void {
    this.#state = state;
    if (!this.#isClosed) this.#changed(state);
  }
}

function lackOf(): 'insecure' | 'unsupported' | undefined {
  if (!window.isSecureContext) return 'insecure';
  if (!('OffscreenCanvas' in window) || !navigator.mediaDevices) return 'unsupported';
  return undefined;
}

function stateOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy';
}

/** Whether the page may use the camera, as the browser knows it; undefined where it does not tell. */
async function permission(): Promise<PermissionStatus | undefined> {
  try {
    return await navigator.permissions.query({ name: 'camera' });
  } catch {
    return undefined;
  }
}
