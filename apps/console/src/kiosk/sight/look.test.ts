import { expect, it } from 'vitest';
import { faultOf, HintKeeper, lookAt, type PictureHint } from './look.pure.js';

const size = { width: 64, height: 48 };

/** A picture whose grey at x, y is told by a function. */
function picture(greyAt: (x: number, y: number) => number): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(size.width * size.height * 4);
  for (let at = 0; at < size.width * size.height; at++) {
    const grey = greyAt(at % size.width, Math.floor(at / size.width));
    pixels.set([grey, grey, grey, 255], at * 4);
  }
  return pixels;
}

const isHeld = (x: number, y: number) => x < 26 && y > 24;
const room = (x: number) => 110 + (x % 8);

it('sees what keeps a code from being read', () => {
  const faultIn = (now: Uint8ClampedArray, before = now) => faultOf(lookAt(now, before, size));
  const well = picture((x, y) => (isHeld(x, y) && (x + y) % 2 === 0 ? 20 : room(x)));
  expect(faultIn(well)).toBeNull();
  expect(faultIn(picture((x) => room(x) / 4))).toBe('dark');
  expect(faultIn(picture((x, y) => (isHeld(x, y) ? 255 : room(x))))).toBe('bright');
  expect(faultIn(picture((x, y) => ((x + y) % 2 === 0 ? 30 : 200)))).toBe('near');
  expect(
    faultIn(
      picture((x, y) => (isHeld(x, y) ? 150 : room(x))),
      well,
    ),
  ).toBe('shaky');
});

it('shows a hint only once several pictures agree, and keeps it as long', () => {
  const dark = lookAt(
    picture(() => 10),
    undefined,
    size,
  );
  const light = lookAt(picture(room), undefined, size);
  const keeper = new HintKeeper();
  const shown: (PictureHint | null)[] = [];
  for (const look of [dark, dark, light, dark, dark, dark, dark]) shown.push(keeper.add(look));
  expect(shown.every((hint) => hint === null)).toBe(true);
  expect(keeper.add(dark)).toBe('dark');
  expect(keeper.add(light)).toBe('dark');
  for (let picture = 0; picture < 4; picture++) keeper.add(light);
  expect(keeper.add(light)).toBeNull();
});
