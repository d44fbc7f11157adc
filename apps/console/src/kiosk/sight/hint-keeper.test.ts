import { expect, it } from 'vitest';
import { faultOf, HintKeeper, type PictureHint } from './hint-keeper.pure.js';
import type { Look } from './look.pure.js';

const FRAME_MS = 125;
const well: Look = { light: 120, motion: 2, code: null };
const held: Look = { ...well, code: { isBlown: false, isNear: false } };
const glaring: Look = { ...well, code: { isBlown: true, isNear: false } };
const dark: Look = { ...well, light: 20 };

/** A keeper and its clock. */
class Eye {
  readonly keeper = new HintKeeper();
  nowMs = 10_000;

  /** What is shown after each picture of a while that looks the same. */
  see(look: Look, seconds: number): (PictureHint | null)[] {
    return Array.from({ length: (seconds * 1_000) / FRAME_MS }, () => {
      this.nowMs += FRAME_MS;
      return this.keeper.add(look, this.nowMs);
    });
  }
}

const nothing = (shown: readonly (PictureHint | null)[]) => shown.every((hint) => hint === null);

it('finds a fault with a code only where there is one', () => {
  expect(faultOf(held)).toBeNull();
  expect(faultOf(glaring)).toBe('bright');
  expect(faultOf({ ...held, code: { isBlown: false, isNear: true } })).toBe('near');
  expect(faultOf({ ...held, motion: 60 })).toBe('shaky');
  expect(faultOf({ ...well, motion: 60 })).toBeNull();
  expect(faultOf(dark)).toBe('dark');
});

it('shows a hint once it held for a while, and then for long enough to be read', () => {
  const eye = new Eye();
  expect(nothing(eye.see(dark, 1))).toBe(true);
  expect(nothing(eye.see(well, 2))).toBe(true);
  expect(nothing(eye.see(dark, 1.5))).toBe(true);
  expect(eye.see(dark, 0.25)).toContain('dark');
  expect(new Set(eye.see(well, 3.5))).toEqual(new Set(['dark']));
  expect(eye.see(well, 1).at(-1)).toBeNull();
});

it('shows another hint only after the one before was read', () => {
  const eye = new Eye();
  expect(eye.see(glaring, 2).at(-1)).toBe('bright');
  expect(new Set(eye.see(dark, 3))).toEqual(new Set(['bright']));
  expect(eye.see(dark, 1.5).at(-1)).toBe('dark');
});

it('still sees a code that glares or trembles when it is not in every picture', () => {
  const eye = new Eye();
  const shown = Array.from({ length: 3 }, () => [...eye.see(glaring, 0.25), ...eye.see(well, 1)]);
  expect(shown.flat().at(-1)).toBe('bright');
});

it('says nothing within three seconds of what the door says', () => {
  const eye = new Eye();
  eye.see(glaring, 2);
  eye.keeper.told(false, eye.nowMs);
  expect(nothing(eye.see(glaring, 2.75))).toBe(true);
  expect(eye.see(glaring, 2).at(-1)).toBe('bright');
});

it('finds no fault with a code that was read until it was put away', () => {
  const eye = new Eye();
  eye.see(held, 1);
  eye.keeper.told(true, eye.nowMs);
  expect(nothing(eye.see(glaring, 20))).toBe(true);
  eye.see(well, 3);
  expect(eye.see(glaring, 2).at(-1)).toBe('bright');
});
