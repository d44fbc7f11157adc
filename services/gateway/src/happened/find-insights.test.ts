import { expect, it } from 'vitest';
import { findInsights } from './find-insights.js';
import { type Happening, happening, START_MS, TemporaryModel } from './model.fixture.js';

const HOUR_MS = 3_600_000;
const fromHour = Math.floor(START_MS / HOUR_MS);

/** An attempt that begins at `atMs` and ends `tookMs` later. */
function attempt(n: number, atMs: number, tookMs: number, end: Partial<Happening> = {}) {
  const facts = { attempt: `a${n}`, door: 'north' };
  return [
    happening({ what: 'started', seq: 2 * n, atMs, ...facts }),
    happening({ what: 'granted', seq: 2 * n + 1, atMs: atMs + tookMs, ...facts, ...end }),
  ];
}
const denied = (reason: string) => ({ what: 'denied', more: { reason } }) as const;

it('counts ends by hour and door, by reason, and how long entries took', () => {
  using there = new TemporaryModel();
  const tookMs = Array.from({ length: 100 }, (_, n) => (n + 1) * 100);
  const entries = tookMs.toReversed().flatMap((took, n) => attempt(n, 0, took));
  const rest = [
    ...attempt(200, 0, 1, denied('not-live')),
    ...attempt(201, HOUR_MS, 1, { ...denied('unknown'), door: 'south' }),
    ...attempt(202, HOUR_MS, 1, { what: 'abandoned', more: { how: 'left' } }),
    // Of another day, and a grant whose start nobody knows.
    ...attempt(203, 30 * HOUR_MS, 99_000),
    happening({ what: 'granted', seq: 999, atMs: 0, attempt: 'unknown', door: 'north' }),
  ];
  there.model.apply('ACCESS', [...entries, ...rest], 1_000);
  const found = findInsights(there.model, { fromHour, toHour: fromHour + 24 });
  expect(found).toEqual({
    hours: [
      { hour: fromHour, door: 'north', granted: 101, denied: 1 },
      { hour: fromHour + 1, door: 'north', granted: 0, denied: 0 },
      { hour: fromHour + 1, door: 'south', granted: 0, denied: 1 },
    ],
    outcomes: [
      { outcome: 'granted', reason: '', count: 101 },
      { outcome: 'abandoned', reason: 'left', count: 1 },
      { outcome: 'denied', reason: 'not-live', count: 1 },
      { outcome: 'denied', reason: 'unknown', count: 1 },
    ],
    timeToOpenMs: { count: 100, median: 5_000, p95: 9_500 },
  });
  expect(findInsights(there.model, { fromHour, toHour: fromHour + 24, door: 'south' })).toEqual({
    hours: [{ hour: fromHour + 1, door: 'south', granted: 0, denied: 1 }],
    outcomes: [{ outcome: 'denied', reason: 'unknown', count: 1 }],
    timeToOpenMs: { count: 0, median: null, p95: null },
  });
});
