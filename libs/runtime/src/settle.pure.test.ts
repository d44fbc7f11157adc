import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, settlementOf } from './settle.pure.js';

const deliveries = fc.integer({ min: 1, max: 10_000 });
const random = fc.double({ min: 0, max: 1, noNaN: true });

describe('a failed message', () => {
  it('is never tried more often than its consumer allows, and always ends somewhere', () => {
    fc.assert(
      fc.property(
        deliveries,
        fc.integer({ min: 1, max: 50 }),
        random,
        (count, maxTries, chance) => {
          const { kind } = settlementOf(
            { kind: 'retryable', retryAfterMs: undefined },
            count,
            maxTries,
            chance,
          );
          expect(kind).toBe(count >= maxTries ? 'dead' : 'retry');
        },
      ),
    );
  });

  it('is tried for ever where its consumer sets no limit', () => {
    const failure = { kind: 'retryable' as const, retryAfterMs: 7 };
    expect(settlementOf(failure, 10_000, 0, 0)).toEqual({ kind: 'retry', delayMs: 7 });
  });

  it('is a dead letter at once when it can never work, and done with when it no longer matters', () => {
    expect(settlementOf({ kind: 'terminal', retryAfterMs: 5 }, 1, 0, 0).kind).toBe('dead');
    expect(settlementOf({ kind: 'benign', retryAfterMs: 5 }, 99, 1, 0).kind).toBe('ack');
  });

  it('waits between 125 ms and a minute', () => {
    fc.assert(
      fc.property(deliveries, random, (count, chance) => {
        const ms = backoffMs(count, chance);
        expect(ms).toBeGreaterThanOrEqual(125);
        expect(ms).toBeLessThanOrEqual(60_000);
      }),
    );
  });
});
