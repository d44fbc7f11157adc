import { expect, it } from 'vitest';
import { median, percentile, rounded } from './figures.pure.js';

it.each([
  [[3], 3],
  [[1, 2], 1.5],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

it('takes a percentile by the nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, i) => i + 1);
  expect([0.5, 0.95, 0.99, 1].map((p) => percentile(values, p))).toEqual([50, 95, 99, 100]);
});

it('has no figure of nothing', () => {
  expect(() => median([])).toThrow(RangeError);
  expect(() => percentile([], 0.5)).toThrow(RangeError);
});

it('rounds to the digits that count', () => {
  expect(rounded(12.3456)).toBe(12.3);
});
