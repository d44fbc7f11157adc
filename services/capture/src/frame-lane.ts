import { randomBytes } from 'node:crypto';
import { type Bus, publishFrame } from '@latchkey/runtime';
import { uuidV7 } from './frame-id.pure.js';
import {
  idlePacing,
  type PacedFrame,
  type Pacing,
  type PacingInput,
  pace,
  patienceMs,
} from './pacing.pure.js';

interface LaneFrame extends PacedFrame {
  readonly jpeg: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A camera that has sent nothing for so long sends nothing. */
const SILENT_AFTER_MS = 10_000;

/** Where a lane's frames come from. */
export interface LanePlace {
  readonly door: string;
  readonly camera: string;
}

/** The way of one camera's frames to the bus: the shell of `pace`, with its clock, its timer and its publishing. */
export class FrameLane {
  readonly #bus: Bus;
  readonly #place: LanePlace;
  /** Told with each frame: who takes this camera's place comes by another line. */
  readonly #line = randomBytes(9).toString('base64url');
  #pacing: Pacing<LaneFrame> = idlePacing;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #offeredMs = -Infinity;

  constructor(bus: Bus, place: LanePlace) {
    this.#bus = bus;
    this.#place = place;
  }

  /**
   * Takes a checked frame; it is published as soon as the pacing lets it, unless a newer one comes first.
   * @returns the frame's id
   */
  offer(jpeg: Uint8Array, size: { widthPx: number; heightPx: number }): string {
    this.#offeredMs = performance.now();
    const id = uuidV7(this.#bus.nowMs(), randomBytes(10));
    const { widthPx, heightPx } = size;
    this.#step({
      kind: 'frame',
      frame: {
        id,
        arrivedMs: this.#offeredMs,
        patienceMs: patienceMs(Math.random()),
        jpeg,
        widthPx,
        heightPx,
      },
    });
    return id;
  }

  /** Whether frames come. */
  isSending(): boolean {
    return performance.now() - this.#offeredMs < SILENT_AFTER_MS;
  }

  /** A face observation of this door came. */
  observed(frame: string): void {
    this.#step({ kind: 'observed', id: frame });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #step(input: PacingInput<LaneFrame>): void {
    if (this.#closed) return;
    const nowMs = performance.now();
    const { pacing, publish, wakeAtMs } = pace(this.#pacing, input, nowMs);
    this.#pacing = pacing;
    clearTimeout(this.#timer);
    if (wakeAtMs !== undefined) {
      this.#timer = setTimeout(() => this.#step({ kind: 'tick' }), Math.max(1, wakeAtMs - nowMs));
    }
    if (publish) void this.#publish(publish);
  }

  async #publish(frame: LaneFrame): Promise<void> {
    try {
      if (!this.#bus.isConnected()) throw new Error('the broker is away');
      const { id, widthPx, heightPx, jpeg } = frame;
      const heldMs = Math.round(performance.now() - frame.arrivedMs);
      // Cameras and kiosks send what the lens saw; only what a kiosk shows is mirrored.
      const line = this.#line;
      const facts = { ...this.#place, line, id, widthPx, heightPx, heldMs, mirrored: false };
      await publishFrame(this.#bus, facts, jpeg);
    } catch (err) {
      // Not news: the newest frame waits and is tried again.
      this.#bus.log.debug({ err, ...this.#place }, 'a frame could not be published');
      // Out of the caller's step, whose state this would overwrite.
      setImmediate(() => this.#step({ kind: 'failed', frame }));
    }
  }
}
