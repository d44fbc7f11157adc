import { expect, it } from 'vitest';
import { greyOf, lookAt } from './look.pure.js';

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

it('tells how light it is, and how much moves where the code is held', () => {
  const still = picture(() => 120);
  expect(lookAt(still, undefined, size)).toEqual({ light: 120, motion: 0 });
  expect(lookAt(still, still, size)).toEqual({ light: 120, motion: 0 });
  const elsewhere = picture((x, y) => (x > 40 || y < 15 ? 200 : 120));
  expect(lookAt(elsewhere, still, size).motion).toBe(0);
  const moved = picture((x, y) => (isHeld(x, y) ? 200 : 120));
  expect(lookAt(moved, still, size).motion).toBeGreaterThan(50);
});

it('makes grey of colours, weighted as they are seen', () => {
  const [red, green, blue] = greyOf(
    new Uint8ClampedArray([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255]),
  );
  expect(green).toBeGreaterThan(red ?? 255);
  expect(red).toBeGreaterThan(blue ?? 255);
  expect((red ?? 0) + (green ?? 0) + (blue ?? 0)).toBeGreaterThan(250);
});
