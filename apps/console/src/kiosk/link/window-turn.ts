/**
 * Whose turn it is of this browser's windows of one door: that window holds a lock, which is free again once it is closed. A
 * window whose place was taken waits for that.
 */
export class WindowTurn {
  readonly #name: string;
  readonly #mayGoOn: () => void;
  #waiting: AbortController | undefined;
  #release: (() => void) | undefined;

  /** @param mayGoOn told to a window that waits, once the one that took its place is gone */
  constructor(door: string, mayGoOn: () => void) {
    this.#name = `latchkey.kiosk.${door}`;
    this.#mayGoOn = mayGoOn;
  }

  /** This window has the place: whichever held the lock has lost it. */
  take(): void {
    this.#stopWaiting();
    if (this.#release) return;
    this.#request({ steal: true }, () => new Promise<void>((done) => (this.#release = done)));
  }

  /**
   * Another window has the place. The lock is not let go here but stolen: where who took the place is no window of this
   * browser, nobody steals it, and this one never goes on by itself.
   */
  wait(): void {
    this.#stopWaiting();
    this.#waiting = new AbortController();
    this.#request({ signal: this.#waiting.signal }, this.#mayGoOn);
  }

  close(): void {
    this.#stopWaiting();
    this.#release?.();
  }

  #stopWaiting(): void {
    this.#waiting?.abort();
    this.#waiting = undefined;
  }

  #request(options: LockOptions, granted: () => void | Promise<void>): void {
    // An older browser has none: its window goes on by a press.
    const asked = navigator.locks?.request(this.#name, options, granted);
    // Stolen, or given up: neither is a fault.
    asked?.catch(() => {
      if (options.steal === true) this.#release = undefined;
    });
  }
}
