import { createHash } from 'node:crypto';
import type { Bucket, Bus } from '@latchkey/runtime';
import { z } from 'zod';
import { countTry, type TryLimits } from '../http/failed-tries.pure.js';
import { Problem } from '../http/problem.js';

/** What is kept of tries: neither who was tried nor from where, which is hashed into the key. */
export const tryWindow = z.object({
  startMs: z.number(),
  count: z.number().int().positive(),
  total: z.number().int().positive().optional(),
});

type SharedLimits = Omit<TryLimits, 'keys'>;

/** How often a count is written anew where another try came in between. */
const ATTEMPTS = 10;
const CROWDED_MS = 1_000;

/** Counts tries by key in a bucket that all replicas share, so that asking another replica is no new beginning. */
export class SharedTries {
  readonly #bus: Bus;
  readonly #bucket: Bucket<z.infer<typeof tryWindow>>;
  readonly #name: string;
  readonly #limits: SharedLimits;

  constructor(
    bus: Bus,
    bucket: Bucket<z.infer<typeof tryWindow>>,
    name: string,
    limits: SharedLimits,
  ) {
    this.#bus = bus;
    this.#bucket = bucket;
    this.#name = name;
    this.#limits = limits;
  }

  /**
   * Counts one more try. @returns the milliseconds to wait, 0 while there are tries left
   * @throws Failure LK-BUS-001 where the broker is away: what cannot be counted is not let through
   */
  async add(key: string): Promise<number> {
    const at = this.#keyOf(key);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const entry = await this.#bucket.get(at);
      const { next, waitMs } = countTry(entry?.value, this.#bus.nowMs(), this.#limits);
      // Nothing more is to be learnt from who waits already.
      if (waitMs > 0 && entry !== null && entry.value.count > this.#limits.tries) return waitMs;
      const written = entry
        ? await this.#bucket.update(at, next, entry.revision)
        : await this.#bucket.create(at, next);
      if (written !== 'conflict') return waitMs;
    }
    return CROWDED_MS; // so many at the same moment that this one could not be counted
  }

  /** Forgets those of a key, since one of them was right. */
  async forget(key: string): Promise<void> {
    await this.#bucket.delete(this.#keyOf(key));
  }

  #keyOf(key: string): string {
    return createHash('sha256').update(`${this.#name} ${key}`).digest('base64url');
  }
}

/** @throws Problem LK-AUTH-003 where there is still to be waited */
export function refuseUntil(waitMs: number): void {
  if (waitMs === 0) return;
  const waitS = Math.ceil(waitMs / 1000);
  throw new Problem('LK-AUTH-003', `Try again in ${waitS} s.`, {
    headers: { 'Retry-After': String(waitS) },
  });
}
