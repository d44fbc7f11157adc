import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { violationsOf } from './saga.invariants.js';
import { play, story } from './saga.stories.js';

const RUNS = Number(process.env['LK_PROPERTY_RUNS'] ?? 50_000);

describe('whatever comes, in whatever order, with two replicas in conflict and crashes between any two effects', () => {
  const seen = new Map<string, number>();

  it(`no grant without a live face and the right code of the same person within the deadlines; one outcome an attempt; no attempt without an end (${RUNS} runs)`, () => {
    fc.assert(
      fc.property(story, (told) => {
        const world = play(told);
        expect(violationsOf(world)).toEqual([]);
        for (const { type } of world.stored) seen.set(type, (seen.get(type) ?? 0) + 1);
      }),
      { numRuns: RUNS },
    );
  }, 300_000);

  it('and the runs got far enough to mean something', () => {
    const count = (type: string) => seen.get(`lk.v1.${type}`) ?? 0;
    const least = RUNS / 100;
    for (const type of ['granted', 'denied', 'expired', 'abandoned', 'code-refused']) {
      expect(count(`access.${type}`)).toBeGreaterThan(least);
    }
    expect(count('alarm.mismatch')).toBeGreaterThan(least);
  });
});
