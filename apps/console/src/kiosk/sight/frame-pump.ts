import type { EncodedFrame, EncodeFault, EncodeJob } from './encode.worker.js';

const FRAME_EVERY_MS = 125;
/**
 * A picture is a frame within some hundredths of a second: a worker that takes so long has lost it, and is replaced. Each one
 * in a row has twice as long: it may only be slow to start.
 */
const LOST_AFTER_MS = 2_000;
const LOST_AFTER_AT_MOST_MS = 32_000;

/**
 * Takes pictures of a video, eight a second, and has a worker make JPEGs of them: here is only the copy of the picture,
 * which the browser makes by itself. While the worker is at one, no other is taken.
 */
export class FramePump {
  readonly #video: HTMLVideoElement;
  readonly #ready: (frame: EncodedFrame) => void;
  readonly #timer: number;
  #worker: Worker;
  /** When the picture that is being made a frame was taken; null: none is. */
  #busySinceMs: number | null = null;
  #patienceMs = LOST_AFTER_MS;
  #isOn = false;

  constructor(video: HTMLVideoElement, ready: (frame: EncodedFrame) => void) {
    this.#video = video;
    this.#ready = ready;
    this.#worker = this.#employ();
    this.#timer = window.setInterval(() => void this.#take(), FRAME_EVERY_MS);
  }

  /** Whether pictures are taken. */
  set isOn(on: boolean) {
    this.#isOn = on;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#worker.terminate();
  }

  #employ(): Worker {
    const worker = new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<EncodedFrame | EncodeFault>) => {
      if (worker !== this.#worker) return;
      this.#busySinceMs = null;
      this.#patienceMs = LOST_AFTER_MS;
      // A picture that could not be made a frame is let go: the next one is due at once.
      if (this.#isOn && !('fault' in data)) this.#ready(data);
    });
    return worker;
  }

  async #take(): Promise<void> {
    const takenMs = performance.now();
    if (this.#busySinceMs !== null && takenMs - this.#busySinceMs > this.#patienceMs) {
      this.#replace();
    }
    const video = this.#video;
    const hasPicture = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    if (!this.#isOn || this.#busySinceMs !== null || !hasPicture) return;
    this.#busySinceMs = takenMs;
    try {
      const picture = await createImageBitmap(video);
      const job: EncodeJob = { picture, takenMs };
      this.#worker.postMessage(job, [picture]);
    } catch {
      // The camera went between the look at it and the picture.
      this.#busySinceMs = null;
    }
  }

  /** Whatever has become of the worker and its picture, another goes on. */
  #replace(): void {
    this.#worker.terminate();
    this.#worker = this.#employ();
    this.#busySinceMs = null;
    this.#patienceMs = Math.min(LOST_AFTER_AT_MOST_MS, this.#patienceMs * 2);
  }
}
