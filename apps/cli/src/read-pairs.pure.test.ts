import { describe, expect, it } from 'vitest';
import { readPairs } from './read-pairs.pure.js';

describe('a pairs file', () => {
  it('is read whatever its line ends, quotes and empty lines', () => {
    const csv = '\uFEFFfile a,file b,same\r\na.jpg,b.jpg,Yes\r\n\r\n"c, d.jpg", e.jpg ,no\n';
    expect(readPairs(csv)).toEqual([
      { a: 'a.jpg', b: 'b.jpg', same: true },
      { a: 'c, d.jpg', b: 'e.jpg', same: false },
    ]);
  });

  it.each(['h\na.jpg,b.jpg', 'h\na.jpg,b.jpg,maybe', 'h\n,b.jpg,Yes', 'h\na,b,Yes,more'])(
    'names the line in %j',
    (csv) => {
      expect(() => readPairs(csv)).toThrow(
        /^line 2 of the pairs: expected "file a,file b,Yes\|No"/,
      );
    },
  );
});
