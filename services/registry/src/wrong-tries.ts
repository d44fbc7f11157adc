const WINDOW_MS = 60_000;
const MAX = 10;

/**
 * Pairing codes that were tried in vain within the last minute, by anybody. After ten no code is looked at: of 2^40 codes
 * about 100 can be tried at one instance before a code's ten minutes are over.
 */
export class WrongTries {
  #at: readonly number[] = [];

  /**
   * Counts a try before its outcome is known, so that many at once are not looked at for one.
   * @returns milliseconds until a code is looked at again; 0: this one is
   */
  begin(now: number): number {
    this.#at = this.#at.filter((at) => at > now - WINDOW_MS);
    const [first] = this.#at;
    if (first !== undefined && this.#at.length >= MAX) return first + WINDOW_MS - now;
    this.#at = [...this.#at, now];
    return 0;
  }

  /** The try that began then was no wrong one. */
  forgive(began: number): void {
    const index = this.#at.indexOf(began);
    this.#at = this.#at.filter((_, at) => at !== index);
  }
}
