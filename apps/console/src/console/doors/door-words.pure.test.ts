import { describe, expect, it } from 'vitest';
import { audienceWords, idFor, notFoundWords } from './door-words.pure.js';

describe('the words of a door', () => {
  it('offers an id that can stand in a subject', () => {
    expect(idFor('Library, north')).toBe('library-north');
    expect(idFor('  Übergang №3 – Süd ')).toMatch(/^[a-z0-9-]+$/);
    expect(idFor('दरवाज़ा')).toBe('');
  });

  it('says of a door that was just made that something was not yet, and no more of one that is older than what is kept', () => {
    const made = '2026-08-01T12:00:00.000Z';
    expect(notFoundWords(made, Date.parse('2026-08-01T12:00:01Z'))).toBe('Not yet');
    expect(notFoundWords(made, Date.parse('2026-11-22T12:00:00Z'))).toBe('Not in the last 90 days');
  });

  it('names the group that hears', () => {
    expect(audienceWords('group', 'staff')).toBe('The group staff');
    expect(audienceWords('group', null)).toBe('A group');
    expect(audienceWords('nobody', 'staff')).toBe('Nobody');
  });
});
