import { expect, it } from 'vitest';
import { keepNewest } from './keep-newest.pure.js';

it('forgets what was put longest ago, and what is put again is the newest', () => {
  const kept = new Map<string, number>();
  const put = (...keys: string[]) => {
    for (const [at, key] of keys.entries()) keepNewest(kept, [key, at], 2);
    return [...kept];
  };
  expect(put('a', 'b', 'a')).toEqual([
    ['b', 1],
    ['a', 2],
  ]);
  expect(put('c')).toEqual([
    ['a', 2],
    ['c', 0],
  ]);
});
