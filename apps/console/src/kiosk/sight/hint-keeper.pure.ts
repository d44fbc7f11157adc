import type { CodeSeen, Look } from './look.pure.js';

export type PictureHint = 'dark' | 'bright' | 'near' | 'shaky';

/** Beyond these, reading a code fails; found with the sample frames and codes of libs/vision. */
const DARK_BELOW = 45;
const MOTION_ABOVE = 24;
/** The newest picture's share of the motion: a hand that trembles rests now and then. */
const MOTION_WEIGHT = 0.3;
/** A code that trembles or glares is not seen in every picture. */
const CODE_KEPT_MS = 2_000;
/** So long a fault lasts before it is told of, and so long it is told of at least. */
const LASTS_MS = 1_500;
const SHOWN_MS = 4_000;
/** What the door says is read first. */
const QUIET_MS = 3_000;

/** What keeps a code from being read, the gravest first; null: nothing that can be seen. */
export function faultOf({ light, motion, code }: Look): PictureHint | null {
  if (light < DARK_BELOW) return 'dark';
  if (!code) return null;
  if (code.isBlown) return 'bright';
  if (code.isNear) return 'near';
  return motion > MOTION_ABOVE ? 'shaky' : null;
}

/** Makes hints of looks: only of a code that is held up and stays unread, and slowly enough to be read. Times by one clock. */
export class HintKeeper {
  #shown: PictureHint | null = null;
  #shownAtMs = 0;
  #fault: PictureHint | null = null;
  #sinceMs = 0;
  #motion = 0;
  #code: CodeSeen | null = null;
  #codeAtMs = 0;
  #isRead = false;
  #quietUntilMs = 0;

  /** The door has said something. `isRead`: about the code that is held up, so that there is no fault in its picture. */
  told(isRead: boolean, nowMs: number): void {
    this.#shown = null;
    this.#fault = null;
    this.#isRead ||= isRead;
    this.#quietUntilMs = nowMs + QUIET_MS;
  }

  /** @returns the hint to show from now on */
  add(look: Look, nowMs: number): PictureHint | null {
    this.#see(look, nowMs);
    const code = this.#isRead ? null : this.#code;
    const fault = faultOf({ light: look.light, motion: this.#motion, code });
    if (nowMs < this.#quietUntilMs) return null;
    if (fault !== this.#fault) this.#sinceMs = nowMs;
    this.#fault = fault;
    const isOver = this.#shown === null || nowMs - this.#shownAtMs >= SHOWN_MS;
    if (fault !== this.#shown && isOver && nowMs - this.#sinceMs >= LASTS_MS) {
      this.#shown = fault;
      this.#shownAtMs = nowMs;
    }
    return this.#shown;
  }

  #see({ motion, code }: Look, nowMs: number): void {
    this.#motion += MOTION_WEIGHT * (motion - this.#motion);
    if (code) {
      this.#code = code;
      this.#codeAtMs = nowMs;
    } else if (nowMs - this.#codeAtMs > CODE_KEPT_MS) {
      this.#code = null;
      // It was put away: the next one is read anew.
      this.#isRead = false;
    }
  }
}
