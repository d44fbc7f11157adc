import { describe, expect, it } from 'vitest';
import {
  barsOf,
  denialsWords,
  durationWords,
  endingWords,
  entriesWords,
  hoursBack,
  barsByDoor,
  timeBars,
} from './insight-words.pure.js';

const noon = Date.parse('2026-11-22T12:30:00Z');

describe('the figures of the doors', () => {
  it('ends with the hour that runs', () => {
    expect(hoursBack(24, noon)).toEqual({
      from: '2026-11-21T13:00:00.000Z',
      to: '2026-11-22T13:00:00.000Z',
    });
  });

  it('has a bar for every hour, empty ones too, and adds the doors up', () => {
    const { from, to } = hoursBack(24, noon);
    const at = '2026-11-22T12:00:00.000Z';
    const hours = [
      { at, door: 'a', granted: 2, denied: 1 },
      { at, door: 'b', granted: 3, denied: 0 },
    ];
    const bars = barsOf({ from, to, timeZone: 'UTC', hours });
    expect(bars).toHaveLength(24);
    expect(bars.at(-1)).toEqual({ at: Date.parse(at), granted: 5, denied: 1 });
    expect(bars[0]).toEqual({ at: Date.parse(from), granted: 0, denied: 0 });
  });

  it('counts each door by itself over the same time, the busiest first', () => {
    const [from, to] = ['2026-11-22T00:00:00.000Z', '2026-11-22T02:00:00.000Z'];
    const hours = [
      { at: from, door: 'a', granted: 1, denied: 1 },
      { at: from, door: 'b', granted: 4, denied: 0 },
      { at: from, door: 'c', granted: 0, denied: 0 },
    ];
    const doors = barsByDoor({ from, to, timeZone: 'UTC', hours });
    expect(doors.map(({ door, granted, denied }) => [door, granted, denied])).toEqual([
      ['b', 4, 0],
      ['a', 1, 1],
    ]);
    expect(doors.map(({ bars }) => bars.map(({ granted }) => granted))).toEqual([
      [4, 0],
      [1, 0],
    ]);
  });

  it('has a bar for every second up to the slowest entry, and says what share took no longer', () => {
    const bars = timeBars([
      { seconds: 1, count: 3 },
      { seconds: 3, count: 1 },
    ]);
    expect(bars.map(({ count, share }) => [count, share])).toEqual([
      [0, 0],
      [3, 0.75],
      [0, 0.75],
      [1, 1],
    ]);
    expect(timeBars([])).toEqual([]);
  });

  it('has a bar for every day of the site where hours would be too many', () => {
    const from = '2026-10-23T22:00:00.000Z';
    const to = '2026-10-26T23:00:00.000Z';
    // The last hour of a Sunday that has 25, and the first of the Monday.
    const hours = ['2026-10-25T22:00:00.000Z', '2026-10-25T23:00:00.000Z'].map((at) => ({
      at,
      door: 'a',
      granted: 1,
      denied: 0,
    }));
    const bars = barsOf({ from, to, timeZone: 'Europe/Berlin', hours });
    expect(bars.map(({ at, granted }) => [new Date(at).toISOString(), granted])).toEqual([
      ['2026-10-23T22:00:00.000Z', 0],
      ['2026-10-24T22:00:00.000Z', 1],
      ['2026-10-25T23:00:00.000Z', 1],
    ]);
  });

  it('says how long it took, or that nothing did', () => {
    expect(durationWords(4_230)).toBe('4.2 s');
    expect(durationWords(null)).toBe('–');
  });

  it('says within what time most entered only where there were enough of them', () => {
    expect(entriesWords({ count: 1, p95: 13_700 })).toBe('1 entry');
    expect(entriesWords({ count: 3, p95: 13_700 })).toBe(
      'the middle of 3 entries; too few to say more',
    );
    expect(entriesWords({ count: 20, p95: 4_200 })).toBe('95 of 100 within 4.2 s; 20 entries');
  });

  it('says of denials why they were, and of no reason that was not among them', () => {
    const denied = (reason: string, count: number) => ({ outcome: 'denied', reason, count });
    const granted = { outcome: 'granted', reason: '', count: 9 };
    expect(denialsWords([granted, denied('not-live', 4)])).toBe('the face was not live: 4');
    const many = [denied('suspended', 1), denied('unknown', 7), denied('locked', 2)];
    expect(denialsWords([...many, denied('mismatch', 3), denied('duress', 1)])).toBe(
      'not recognised: 7, face and code are of different people: 3, locked after wrong codes: 2, others: 2',
    );
    expect(denialsWords([granted])).toBe('nobody was turned away');
  });

  it('says at which stage time ran out, and why a door stayed shut', () => {
    expect(endingWords('expired', 'awaiting-code')).toBe('Time ran out: no code was shown');
    expect(endingWords('denied', 'unknown')).toBe('Denied: not recognised');
    expect(endingWords('granted', '')).toBe('Entered');
  });
});
