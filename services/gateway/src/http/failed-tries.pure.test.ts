import { expect, it } from 'vitest';
import { countFailedTries } from './failed-tries.pure.js';

const limits = { tries: 3, windowMs: 1_000, keys: 2 };

it('makes an address wait after its tries, until the window has passed', () => {
  const tries = countFailedTries(limits);
  expect([0, 10, 20, 30].map((at) => tries.add('a', at))).toEqual([0, 0, 0, 970]);
  expect(tries.add('b', 30)).toBe(0);
  expect(tries.add('a', 1_000)).toBe(0);
});

it('remembers a bounded number of addresses, those seen last', () => {
  const tries = countFailedTries(limits);
  for (let at = 0; at < 4; at += 1) tries.add('busy', at);
  for (const address of ['one', 'two']) tries.add(address, 5);
  expect(tries.add('busy', 6)).toBe(0);
});
