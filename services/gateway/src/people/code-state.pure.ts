import { buckets, type Delivery } from '@latchkey/contracts';
import type { Person } from '@latchkey/contracts/grpc';
import { z } from 'zod';

/** What became of the mail of a person's valid code. */
export const codeState = z.enum(['none', 'sending', 'mailed', 'failed', 'unknown']).meta({
  description:
    '`none`: there is no valid code. `sending`: its mail waits or is tried again. `unknown`: the ledger cannot be read now, or the code is older than its 30 days.',
});
export type CodeState = z.infer<typeof codeState>;

/**
 * What became of a code's mail.
 * @param mailed what the ledger says of its job; null: nothing
 */
export function codeStateOf(
  { codeIssuedAt, codeJob }: Pick<Person, 'codeIssuedAt' | 'codeJob'>,
  mailed: Delivery['state'] | 'unknown' | null,
  now: number,
): CodeState {
  if (codeIssuedAt === 0) return 'none';
  if (mailed === 'sent') return 'mailed';
  if (mailed === 'failed') return 'failed';
  // Superseded: a newer code is valid meanwhile, of which the person that was read does not tell.
  if (mailed !== null) return 'unknown';
  const isForgotten = now - codeIssuedAt > buckets.deliveries.ttlMs;
  return codeJob === '' || isForgotten ? 'unknown' : 'sending';
}
