import { expect, it } from 'vitest';
import { countFailedTries } from './failed-tries.js';
import { countTry, type TryWindow } from './failed-tries.pure.js';

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

it('lets fewer through once there were a hundred, though each window begins anew', () => {
  const slowed = { tries: 30, windowMs: 1_000, slowed: { after: 100, tries: 5 } };
  const letThrough: number[] = [];
  let known: TryWindow | undefined;
  for (let window = 0; window < 6; window += 1) {
    let count = 0;
    for (let n = 0; n < 40; n += 1) {
      const { next, waitMs } = countTry(known, window * 1_000 + n, slowed);
      // Who waits is not counted: nothing more is to be learnt.
      if (waitMs > 0) continue;
      known = next;
      count += 1;
    }
    letThrough.push(count);
  }
  expect(letThrough).toEqual([30, 30, 30, 10, 5, 5]);
});
