import { expect, it } from 'vitest';
import { FailedTries } from './failed-tries.js';

it('waits twice as long after each failed try from one address, while a page still listens, and forgets', () => {
  const tries = new FailedTries();
  const waits = Array.from({ length: 8 }, () => tries.note('10.0.0.1', 0));
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000, 4_000, 4_000]);
  expect(tries.note('10.0.0.2', 0)).toBe(250);
  expect(tries.note('10.0.0.1', 11 * 60_000)).toBe(250);
});
