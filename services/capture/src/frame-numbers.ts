/** A frame is observed within 2 s or never, and at most 60 a second are taken. */
const REMEMBERED = 128;

/** A connection's frames as its kiosk counts them, so that an overlay can say which of them it belongs to. */
export class FrameNumbers {
  readonly #numbers = new Map<string, number>();
  #count = 0;

  /** A frame has come, whatever becomes of it. */
  count(): void {
    this.#count += 1;
  }

  /** The frame that came last goes by this id from now on. */
  name(frame: string): void {
    this.#numbers.set(frame, this.#count);
    if (this.#numbers.size <= REMEMBERED) return;
    const [oldest] = this.#numbers.keys();
    if (oldest !== undefined) this.#numbers.delete(oldest);
  }

  /** @returns null for a frame that is not of this connection, or came long ago */
  numberOf(frame: string): number | null {
    return this.#numbers.get(frame) ?? null;
  }
}
