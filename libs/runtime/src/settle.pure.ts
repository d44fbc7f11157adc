import type { Failure } from './failure.js';

/** What becomes of a message whose handling failed. */
export type Settlement =
  | { readonly kind: 'ack' }
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'dead' };

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 60_000;

/**
 * The one place that turns a failure into ack, retry or dead letter.
 * @param deliveries how often the message was delivered, this time included
 * @param maxTries 0: without limit
 * @param random from 0 to 1; spreads the retries of many messages
 */
export function settlementOf(
  failure: Pick<Failure, 'kind' | 'retryAfterMs'>,
  deliveries: number,
  maxTries: number,
  random: number,
): Settlement {
  if (failure.kind === 'benign') return { kind: 'ack' };
  if (failure.kind === 'terminal') return { kind: 'dead' };
  if (maxTries > 0 && deliveries >= maxTries) return { kind: 'dead' };
  return { kind: 'retry', delayMs: failure.retryAfterMs ?? backoffMs(deliveries, random) };
}

/** Doubles from 250 ms to a minute; the upper half of each step is left to chance. */
export function backoffMs(tries: number, random: number): number {
  const fullMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(tries - 1, 16));
  return Math.round(fullMs * (0.5 + 0.5 * random));
}
