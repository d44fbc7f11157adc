import { keepNewest } from '@latchkey/runtime';

const FIRST_WAIT_MS = 250;
/** Well within the 20 s for which a kiosk's page waits for it: an answer that comes later is no answer. */
const LONGEST_WAIT_MS = 4_000;
const FORGOTTEN_AFTER_MS = 10 * 60_000;
const MOST_ADDRESSES = 1_000;

/** How long the answer to a wrong pairing code waits: twice as long each time, by address. A right one is never slowed. */
export class FailedTries {
  readonly #tries = new Map<string, { count: number; atMs: number }>();

  /** Notes a failed try. @returns how long its answer is held back */
  note(address: string, nowMs: number): number {
    const before = this.#tries.get(address);
    const count = before && nowMs - before.atMs < FORGOTTEN_AFTER_MS ? before.count + 1 : 1;
    keepNewest(this.#tries, [address, { count, atMs: nowMs }], MOST_ADDRESSES);
    return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(count - 1, 10));
  }
}
