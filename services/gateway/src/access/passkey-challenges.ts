import { createHash } from 'node:crypto';
import { buckets } from '@latchkey/contracts';
import type { Bucket, Bus } from '@latchkey/runtime';
import { z } from 'zod';

/** What a challenge was given for. What was taken stays as `used` until it expires. */
export const challenge = z.discriminatedUnion('purpose', [
  z.object({ purpose: z.literal('sign-in'), at: z.number() }),
  z.object({
    purpose: z.literal('add'),
    at: z.number(),
    username: z.string(),
    /** The operator's stamp then. */
    stamp: z.string(),
    handle: z.string(),
  }),
  z.object({ purpose: z.literal('used'), at: z.number() }),
]);
export type Challenge = z.infer<typeof challenge>;
type Given = Exclude<Challenge, { purpose: 'used' }>;
type WithoutTime<One> = One extends unknown ? Omit<One, 'at'> : never;

/** What passkeys are asked to sign. Any replica takes what another has given, once. */
export class PasskeyChallenges {
  readonly #bus: Bus;
  readonly #bucket: Bucket<Challenge>;

  constructor(bus: Bus, bucket: Bucket<Challenge>) {
    this.#bus = bus;
    this.#bucket = bucket;
  }

  /** Keeps one that is about to be given, base64url. */
  async keep(text: string, what: WithoutTime<Given>): Promise<void> {
    await this.#bucket.put(keyOf(text), { ...what, at: this.#bus.nowMs() });
  }

  /** What it was given for; from then on it is used. `null`: unknown, too old, or used before. */
  async take(text: string): Promise<Given | null> {
    const entry = await this.#bucket.get(keyOf(text));
    if (!entry || entry.value.purpose === 'used') return null;
    const used = { purpose: 'used', at: entry.value.at } as const;
    // Of two who come with it at the same moment one is too late.
    const written = await this.#bucket.update(keyOf(text), used, entry.revision);
    const isInTime = this.#bus.nowMs() - entry.value.at < buckets.challenges.ttlMs;
    return written !== 'conflict' && isInTime ? entry.value : null;
  }
}

function keyOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}
