import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@latchkey/runtime';
import { readPictures } from './camera-source.js';
import type { CameraSettings } from './capture.config.js';
import { checkFrame } from './frame-check.pure.js';
import type { FrameLane } from './frame-lane.js';

/** A source that cannot be read is tried again so often: a network folder may come back. */
const RETRY_MS = 5_000;

/** Plays a camera's files into its lane until stopped. */
export function playCamera(
  settings: CameraSettings,
  lane: FrameLane,
  log: Logger,
): { stop(): void } {
  const stopped = new AbortController();
  const playing = new CameraPlayer(settings, lane, log, stopped.signal).run();
  playing.catch((err: unknown) => {
    if (!stopped.signal.aborted) log.error({ err, ...settings }, 'a camera stopped');
  });
  return { stop: () => stopped.abort() };
}

class CameraPlayer {
  readonly #settings: CameraSettings;
  readonly #lane: FrameLane;
  readonly #log: Logger;
  readonly #signal: AbortSignal;
  #dueMs = performance.now();

  constructor(settings: CameraSettings, lane: FrameLane, log: Logger, signal: AbortSignal) {
    this.#settings = settings;
    this.#lane = lane;
    this.#log = log;
    this.#signal = signal;
  }

  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      const played = await this.#playOnce();
      if (played && !this.#settings.loop) return;
      if (!played) await delay(RETRY_MS, undefined, { signal: this.#signal });
    }
  }

  /** @returns false where there was nothing that could be played. */
  async #playOnce(): Promise<boolean> {
    let count = 0;
    try {
      for await (const jpeg of readPictures(this.#settings.source)) {
        if (!this.#offer(jpeg)) continue;
        count += 1;
        await this.#untilDue();
      }
    } catch (err) {
      if (this.#signal.aborted) throw err;
      this.#log.error({ err, ...this.#settings }, 'a camera cannot be read; trying again');
      return false;
    }
    if (count === 0) this.#log.error({ ...this.#settings }, 'a camera shows nothing; trying again');
    return count > 0;
  }

  #offer(jpeg: Uint8Array): boolean {
    const check = checkFrame(jpeg);
    if (check.ok) this.#lane.offer(jpeg, check);
    else this.#log.warn({ ...this.#settings, errorCode: check.code }, check.message);
    return check.ok;
  }

  /** Keeps the rate over time; after a stall it goes on from now rather than hurry after. */
  async #untilDue(): Promise<void> {
    const nowMs = performance.now();
    this.#dueMs = Math.max(this.#dueMs + 1_000 / this.#settings.fps, nowMs);
    await delay(this.#dueMs - nowMs, undefined, { signal: this.#signal });
  }
}
