import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tagShowing } from './showing-tag.pure.js';

const key = new Uint8Array(32).fill(7);

describe('the tag of a showing', () => {
  it('is the same for the same code at the same door, and for nothing else', () => {
    const showing = fc.tuple(fc.stringMatching(/^[a-z0-9-]{1,8}$/), fc.string({ maxLength: 40 }));
    fc.assert(
      fc.property(showing, showing, ([door, text], [otherDoor, otherText]) => {
        const tag = tagShowing(key, door, text);
        expect(tag).toMatch(/^[A-Za-z0-9_-]{22}$/);
        expect(tag === tagShowing(key, otherDoor, otherText)).toBe(
          door === otherDoor && text === otherText,
        );
      }),
    );
  });

  it('is another under another key', () => {
    expect(tagShowing(key, 'a', 'LK1.x')).not.toBe(tagShowing(new Uint8Array(32), 'a', 'LK1.x'));
  });
});
