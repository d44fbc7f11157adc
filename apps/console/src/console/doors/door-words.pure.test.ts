import { describe, expect, it } from 'vitest';
import { audienceWords, idFor } from './door-words.pure.js';

describe('the words of a door', () => {
  it('offers an id that can stand in a subject', () => {
    expect(idFor('Library, north')).toBe('library-north');
    expect(idFor('  Übergang №3 – Süd ')).toMatch(/^[a-z0-9-]+$/);
    expect(idFor('दरवाज़ा')).toBe('');
  });

  it('names the group that hears', () => {
    expect(audienceWords('group', 'staff')).toBe('The group staff');
    expect(audienceWords('group', null)).toBe('A group');
    expect(audienceWords('nobody', 'staff')).toBe('Nobody');
  });
});
