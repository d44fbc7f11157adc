import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ticksUpTo } from './axis.pure.js';

it('names a few round counts, the last not below the largest bar', () => {
  expect(ticksUpTo(0)).toEqual([0, 1]);
  expect(ticksUpTo(3)).toEqual([0, 1, 2, 3]);
  expect(ticksUpTo(37)).toEqual([0, 10, 20, 30, 40]);
  expect(ticksUpTo(1_204)).toEqual([0, 500, 1_000, 1_500]);
});

it('holds every count, with no more than four steps', () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), (most) => {
      const ticks = ticksUpTo(most);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
      expect(ticks.length).toBeLessThanOrEqual(5);
      expect(ticks.every(Number.isInteger)).toBe(true);
    }),
  );
});
