import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathOf } from './qr-path.pure.js';

/** What a path covers, module by module. */
function drawn(path: string, size: number): number[] {
  const modules = Array.from({ length: size * size }, () => 0);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    modules.fill(1, Number(y) * size + Number(x), Number(y) * size + Number(x) + Number(width));
  }
  return modules;
}

test('every dark module is drawn, and no light one', () => {
  const squares = fc
    .integer({ min: 1, max: 30 })
    .chain((size) =>
      fc
        .array(fc.constantFrom(0, 1), { minLength: size * size, maxLength: size * size })
        .map((modules) => ({ size, modules })),
    );
  fc.assert(
    fc.property(squares, ({ size, modules }) => {
      expect(drawn(pathOf(modules, size), size)).toEqual(modules);
    }),
  );
});
