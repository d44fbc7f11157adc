import type { DoorDisplay, KioskUpdate } from '@latchkey/contracts';
import { DoorLink } from './link/door-link.js';
import type { LinkEnd } from './link/link-end.pure.js';
import type { Pairing } from './link/pair.js';
import { firstState, type KioskState } from './screen/scene.pure.js';
import { keepWait, keptWait } from './screen/kept-wait.js';
import { waitAfter } from './screen/wait.pure.js';
import { Camera } from './sight/camera.js';
import type { EncodedFrame } from './sight/encode.worker.js';
import { FramePump } from './sight/frame-pump.js';
import { HintKeeper } from './sight/hint-keeper.pure.js';
import { OverlayPainter } from './sight/overlay-painter.js';

/** Where the picture is shown, and who is told of changes. */
export interface KioskParts {
  readonly pairing: Pairing;
  readonly video: HTMLVideoElement;
  readonly canvas: HTMLCanvasElement;
  changed(state: KioskState): void;
}

/** What a door says of a code that it has read. */
const OF_A_CODE: readonly DoorDisplay['hint'][] = ['wrong-code', 'not-our-code', 'keep-showing'];
const SETTLED: readonly DoorDisplay['phase'][] = ['granted', 'denied', 'expired', 'abandoned'];
/** The door clears an outcome within 10 s; should its word not come, the screen does. */
const OUTCOME_MS = 12_000;
const LOOK_AFTER_MS = 1_000;
const UNSEEN_AFTER_MS = 5_000;
const REMEMBERED_FRAMES = 64;

/** A door's kiosk: camera, frames, connection and overlay, kept going by itself. */
export class DoorKiosk {
  readonly #parts: KioskParts;
  readonly #painter: OverlayPainter;
  readonly #camera: Camera;
  readonly #pump: FramePump;
  readonly #link: DoorLink;
  readonly #watch: number;
  /** When each frame on its way was taken, by its number. */
  readonly #taken = new Map<number, number>();
  readonly #hints = new HintKeeper();
  #state = firstState;
  #wait = keptWait();
  #outcome = 0;
  #seenMs = performance.now();
  #aheadMs = 0;

  constructor(parts: KioskParts) {
    this.#parts = parts;
    this.#painter = new OverlayPainter(parts.canvas);
    this.#pump = new FramePump(parts.video, (frame) => this.#send(frame));
    this.#camera = new Camera(parts.video, (camera) => this.#set({ camera }));
    this.#link = new DoorLink(parts.pairing, {
      welcomed: (at) => this.#welcomed(at),
      heard: (update) => this.#take(update),
      ended: (end) => this.#ended(end),
    });
    this.#watch = window.setInterval(() => this.#lookAfter(), LOOK_AFTER_MS);
  }

  /** The server's clock, ms since 1970, as far as this one knows it. */
  nowMs(): number {
    return Date.now() + this.#aheadMs;
  }

  wish(type: 'cancel' | 'new-code'): void {
    this.#link.wish(type);
  }

  /** Tries at once what it would try by itself soon. */
  retry(): void {
    if (this.#state.link !== 'open') this.#link.reconnect();
    void this.#camera.open();
  }

  close(): void {
    clearInterval(this.#watch);
    clearTimeout(this.#outcome);
    this.#link.close();
    this.#camera.close();
    this.#pump.close();
    this.#painter.close();
  }

  #send({ jpeg, takenMs, look }: EncodedFrame): void {
    const number = this.#link.sendFrame(jpeg);
    if (number !== null) {
      this.#taken.set(number, takenMs);
      if (this.#taken.size > REMEMBERED_FRAMES) this.#taken.delete(number - REMEMBERED_FRAMES);
      tellTime('latchkey-frame', takenMs);
    }
    this.#set({ pictureHint: this.#hints.add(look, takenMs) });
  }

  #welcomed(at: number): void {
    this.#aheadMs = at - Date.now();
    this.#taken.clear();
    this.#seenMs = performance.now();
    // Whether it is seen now is told by the first that is: a connection that was given up for its silence may be as silent.
    this.#set({ link: 'open', isBrokerAway: false, display: null, wait: null });
  }

  #take(update: Exclude<KioskUpdate, { type: 'welcome' }>): void {
    if (update.type === 'error') {
      if (update.code === 'LK-BUS-001') this.#forget({ isBrokerAway: true });
    } else if (update.type === 'display') this.#show(update.display);
    else this.#paint(update);
  }

  #show(display: DoorDisplay): void {
    const { phase, hint } = display;
    this.#hints.told(phase === 'checking-code' || OF_A_CODE.includes(hint), performance.now());
    this.#wait = waitAfter(this.#wait, display);
    keepWait(this.#wait);
    this.#set({ display, wait: this.#wait, isBrokerAway: false, pictureHint: null });
    clearTimeout(this.#outcome);
    if (!SETTLED.includes(phase)) return;
    const leftMs = OUTCOME_MS - (this.nowMs() - display.at);
    this.#outcome = window.setTimeout(() => this.#forget({}), Math.max(0, leftMs));
  }

  #paint(overlay: Extract<KioskUpdate, { type: 'overlay' }>): void {
    this.#seenMs = performance.now();
    this.#set({ isUnseen: false, isBrokerAway: false });
    const { frameNumber } = overlay;
    const takenMs = frameNumber === null ? undefined : this.#taken.get(frameNumber);
    // A frame of the connection before, or of another window: where its boxes belong is not known here.
    if (frameNumber === null || takenMs === undefined) return;
    this.#taken.delete(frameNumber);
    this.#painter.paint(overlay, takenMs);
    tellTime('latchkey-overlay', takenMs);
  }

  #ended(link: LinkEnd): void {
    this.#forget({ link });
  }

  /** Shows nothing more of whoever stood there. */
  #forget(change: Partial<KioskState>): void {
    this.#painter.clear();
    this.#set({ ...change, display: null, wait: null });
  }

  #lookAfter(): void {
    const nowMs = performance.now();
    // A page in the background has its timers slowed down, and nobody before it.
    if (!isUp(this.#state) || document.hidden) this.#seenMs = nowMs;
    if (nowMs - this.#seenMs > UNSEEN_AFTER_MS) this.#forget({ isUnseen: true });
  }

  #set(change: Partial<KioskState>): void {
    const next = { ...this.#state, ...change };
    const keys = Object.keys(next) as (keyof KioskState)[];
    if (keys.every((key) => next[key] === this.#state[key])) return;
    this.#state = next;
    this.#pump.isOn = isUp(next);
    this.#parts.changed(next);
  }
}

/** Whether the door is to see what the camera sees. */
function isUp({ link, camera }: KioskState): boolean {
  return link === 'open' && camera === 'live';
}

/** Tells the browser's performance timeline from when a frame was taken until now; whoever measures listens there. */
function tellTime(name: string, takenMs: number): void {
  performance.measure(name, { start: takenMs });
  // Told to listeners already; kept, they would pile up for months.
  performance.clearMeasures(name);
}
