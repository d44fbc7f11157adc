import { describe, expect, it } from 'vitest';
import { durationWords, hoursBack, perHour } from './insight-words.pure.js';

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
    const bars = perHour(
      [
        { at, door: 'a', granted: 2, denied: 1 },
        { at, door: 'b', granted: 3, denied: 0 },
      ],
      from,
      to,
    );
    expect(bars).toHaveLength(24);
    expect(bars.at(-1)).toEqual({ at: Date.parse(at), granted: 5, denied: 1 });
    expect(bars[0]).toEqual({ at: Date.parse(from), granted: 0, denied: 0 });
  });

  it('has a bar for every day where hours would be too many', () => {
    const { from, to } = hoursBack(30 * 24, noon);
    expect(perHour([], from, to)).toHaveLength(30);
  });

  it('says how long it took, or that nothing did', () => {
    expect(durationWords(4_230)).toBe('4.2 s');
    expect(durationWords(null)).toBe('–');
  });
});
