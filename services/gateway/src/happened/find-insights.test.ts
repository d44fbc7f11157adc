import { expect, it } from 'vitest';
import { findInsights } from './find-insights.js';
import { type Happening, happening, START_MS, TemporaryModel } from './model.fixture.js';
import { SiteClock } from './site-hours.pure.js';

const HOUR_MS = 3_600_000;
const fromMs = Math.floor(START_MS / HOUR_MS) * HOUR_MS;
const day = { fromMs, toMs: fromMs + 24 * HOUR_MS, clock: new SiteClock('UTC') };

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
  const found = findInsights(there.model, day);
  expect(found).toEqual({
    hours: [
      { atMs: fromMs, door: 'north', granted: 101, denied: 1 },
      { atMs: fromMs + HOUR_MS, door: 'north', granted: 0, denied: 0 },
      { atMs: fromMs + HOUR_MS, door: 'south', granted: 0, denied: 1 },
    ],
    outcomes: [
      { outcome: 'granted', reason: '', count: 101 },
      { outcome: 'abandoned', reason: 'left', count: 1 },
      { outcome: 'denied', reason: 'not-live', count: 1 },
      { outcome: 'denied', reason: 'unknown', count: 1 },
    ],
    timeToOpenMs: {
      count: 100,
      median: 5_000,
      p95: 9_500,
      // 100 ms to 900 ms; 1 s to 1.9 s; …; 10 s.
      seconds: Array.from({ length: 11 }, (_, seconds) => ({
        seconds,
        count: seconds === 0 ? 9 : seconds === 10 ? 1 : 10,
      })),
    },
  });
  expect(findInsights(there.model, { ...day, door: 'south' })).toEqual({
    hours: [{ atMs: fromMs + HOUR_MS, door: 'south', granted: 0, denied: 1 }],
    outcomes: [{ outcome: 'denied', reason: 'unknown', count: 1 }],
    timeToOpenMs: { count: 0, median: null, p95: null, seconds: [] },
  });
});

it.each([
  // Set back from 3:00 to 2:00: the second 2:30 is an hour of its own.
  ['2026-10-25T00:30:00Z', ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z']],
  // Set forward from 2:00 to 3:00: 1:30 and 3:30 are an hour apart.
  ['2026-03-29T00:30:00Z', ['2026-03-29T00:00:00Z', '2026-03-29T01:00:00Z']],
])('counts each hour by itself when the clocks are changed (%s)', (first, expected) => {
  using there = new TemporaryModel();
  const firstMs = Date.parse(first);
  const entries = [0, HOUR_MS].flatMap((later, n) => attempt(n, firstMs + later - START_MS, 1));
  there.model.apply('ACCESS', entries, 1_000);
  const clock = new SiteClock('Europe/Berlin');
  const around = { fromMs: clock.hourOf(firstMs), toMs: firstMs + 24 * HOUR_MS, clock };
  const { hours } = findInsights(there.model, { ...around, toMs: clock.hourFrom(around.toMs) });
  expect(hours.map(({ atMs, granted }) => [atMs, granted])).toEqual(
    expected.map((at) => [Date.parse(at), 1]),
  );
});

it('counts by the hours of a site whose clocks are half an hour off', () => {
  using there = new TemporaryModel();
  const noonMs = Date.parse('2026-09-22T06:30:00Z');
  const beforeAndAfter = [-1_000, 0, 59 * 60_000, HOUR_MS];
  const entries = beforeAndAfter.flatMap((later, n) => attempt(n, noonMs + later - START_MS, 0));
  there.model.apply('ACCESS', entries, 1_000);
  const clock = new SiteClock('Asia/Kolkata');
  const query = { fromMs: noonMs - HOUR_MS, toMs: noonMs + 2 * HOUR_MS, clock };
  const { hours } = findInsights(there.model, query);
  expect(hours.map(({ atMs, granted }) => [(atMs - noonMs) / HOUR_MS, granted])).toEqual([
    [-1, 1],
    [0, 2],
    [1, 1],
  ]);
});
