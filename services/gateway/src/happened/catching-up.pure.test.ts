import { expect, it } from 'vitest';
import { catchingUp, isLongCatchUp, WAIT_FOR_HISTORY_MS } from './catching-up.pure.js';

const far = { read: 20_000, all: 1_000_000 };
const done = { read: 7, all: 7 };

it('says how many of how many events are read, until all are', () => {
  expect(catchingUp([far, done])).toBe('catching up: 20007 of 1000007 events are read');
  expect(catchingUp([far, undefined])).toBe('the streams are not known yet');
  expect(catchingUp([done, { read: 0, all: 0 }])).toBeUndefined();
});

it('lets the gateway start while it reads for long, but not before it knows what there is', () => {
  expect(isLongCatchUp([far, done], WAIT_FOR_HISTORY_MS - 1)).toBe(false);
  expect(isLongCatchUp([far, done], WAIT_FOR_HISTORY_MS)).toBe(true);
  expect(isLongCatchUp([far, undefined], WAIT_FOR_HISTORY_MS)).toBe(false);
});
