import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUARTER_MS, SiteClock } from './site-hours.pure.js';

const HOUR_MS = 4 * QUARTER_MS;
const at = (time: string) => Date.parse(time);

describe('the hours of a site', () => {
  it('begin where its clocks say so, in zones that are half an hour and a quarter off, too', () => {
    const noon = at('2026-11-22T12:10:00Z');
    const hourIn = (zone: string) => new Date(new SiteClock(zone).hourOf(noon)).toISOString();
    expect(hourIn('UTC')).toBe('2026-11-22T12:00:00.000Z');
    expect(hourIn('Asia/Kolkata')).toBe('2026-11-22T11:30:00.000Z');
    expect(hourIn('Asia/Kathmandu')).toBe('2026-11-22T11:15:00.000Z');
    const hour = new SiteClock('Asia/Kolkata').hourFrom(noon);
    expect(new Date(hour).toISOString()).toBe('2026-11-22T12:30:00.000Z');
  });

  it('are parted where the clocks are set forward and back', () => {
    const berlin = new SiteClock('Europe/Berlin');
    const [spring, autumn] = [at('2026-03-29T01:00:00Z'), at('2026-10-25T01:00:00Z')];
    for (const [change, before, after] of [
      [spring, 1, 2],
      [autumn, 2, 1],
    ] as const) {
      const [from, to] = [change - 6 * HOUR_MS, change + 6 * HOUR_MS];
      expect(berlin.stretches(from, to)).toEqual([
        { fromMs: from, toMs: change, aheadMs: before * HOUR_MS },
        { fromMs: change, toMs: to, aheadMs: after * HOUR_MS },
      ]);
    }
  });

  it('are parted at a change by half an hour', () => {
    const change = at('2026-04-04T15:00:00Z');
    const clock = new SiteClock('Australia/Lord_Howe');
    expect(clock.stretches(change - HOUR_MS, change + HOUR_MS)).toMatchObject([
      { toMs: change, aheadMs: 11 * HOUR_MS },
      { fromMs: change, aheadMs: 10.5 * HOUR_MS },
    ]);
  });

  it('leave nothing out, whatever the zone and the year', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Asia/Kolkata', 'UTC');
    const quarter = fc.integer({ min: 1_800_000, max: 2_100_000 });
    fc.assert(
      fc.property(zones, quarter, fc.integer({ min: 1, max: 3_000 }), (zone, begin, length) => {
        const [fromMs, toMs] = [begin * QUARTER_MS, (begin + length) * QUARTER_MS];
        const stretches = new SiteClock(zone).stretches(fromMs, toMs);
        expect(stretches.map((one) => one.fromMs)).toEqual([
          fromMs,
          ...stretches.slice(0, -1).map((one) => one.toMs),
        ]);
        expect(stretches.at(-1)?.toMs).toBe(toMs);
      }),
      { numRuns: 30 },
    );
  });
});
