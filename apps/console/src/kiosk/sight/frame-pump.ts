import type { EncodedFrame, EncodeJob } from './encode.worker.js';

const FRAME_EVERY_MS = 125;

/**
 * Takes pictures of a video, eight a second, and has a worker make JPEGs of them: here is only the copy of the picture,
 * which the browser makes by itself. While the worker is at one, no other is taken.
 */
export class FramePump {
  readonly #video: HTMLVideoElement;
  readonly #worker = new Worker(new URL('./encode.worker.ts', import.meta.url), {
    type: 'module',
  });
  readonly #timer: number;
  #isBusy = false;
  #isOn = false;

  constructor(video: HTMLVideoElement, ready: (frame: EncodedFrame) => void) {
    this.#video = video;
    this.#worker.addEventListener('message', ({ data }: MessageEvent<EncodedFrame>) => {
      this.#isBusy = false;
      if (this.#isOn) ready(data);
    });
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

  async #take(): Promise<void> {
    const video = this.#video;
    const hasPicture = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    if (!this.#isOn || this.#isBusy || !hasPicture) return;
    this.#isBusy = true;
    const takenMs = performance.now();
    try {
      const picture = await createImageBitmap(video);
      const job: EncodeJob = { picture, takenMs };
      this.#worker.postMessage(job, [picture]);
    } catch {
      // The camera went between the look at it and the picture.
      this.#isBusy = false;
    }
  }
}
