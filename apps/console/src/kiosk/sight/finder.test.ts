import qrcode from 'qrcode';
import { expect, it } from 'vitest';
import { findersIn, type Grey } from './finder.pure.js';
import { codeOf } from './look.pure.js';

const [width, height] = [320, 240];
const modules = qrcode.create('LK1.AbCdEfGhIjKlMnOpQrStUv', { errorCorrectionLevel: 'M' }).modules;

/** A picture whose grey at x, y is told by a function. */
function picture(greyAt: (x: number, y: number) => number): Grey {
  const pixels = new Uint8Array(width * height);
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = Math.min(255, greyAt(at % width, Math.floor(at / width)));
  }
  return { pixels, width, height };
}

const room = (x: number, y: number) => 100 + ((x * 7 + y * 3) % 11);

interface Held {
  /** Of its corner. */
  readonly x: number;
  readonly y: number;
  readonly modulePx: number;
  readonly turnedDeg?: number;
  readonly light?: number;
  /** How far the light runs over, in pixels. */
  readonly over?: number;
}

/** A code that is held up in a room, with the light that lies around it. */
function holding({ x: left, y: top, modulePx, turnedDeg = 0, light = 235, over = 0 }: Held): Grey {
  const [cos, sin] = [Math.cos((turnedDeg * Math.PI) / 180), Math.sin((turnedDeg * Math.PI) / 180)];
  const isLightAt = (x: number, y: number) => {
    const [column, row] = [(x * cos + y * sin) / modulePx, (y * cos - x * sin) / modulePx];
    const isOn = (at: number) => at >= 0 && at < modules.size;
    return !isOn(column) || !isOn(row) || !modules.get(Math.floor(row), Math.floor(column));
  };
  const reach = modulePx * (modules.size + 4);
  return picture((x, y) => {
    const [dx, dy] = [x - left, y - top];
    const [u, v] = [dx * cos + dy * sin, dy * cos - dx * sin];
    if (Math.min(u, v) < -4 * modulePx || Math.max(u, v) > reach) return room(x, y);
    const around = [-over, 0, over].flatMap((ox) =>
      [-over, 0, over].map((oy) => [ox, oy] as const),
    );
    return around.some(([ox, oy]) => isLightAt(dx + ox, dy + oy)) ? light : 25;
  });
}

const codeIn = (seen: Grey) => codeOf(findersIn(seen), height);

it('sees a code by its three patterns, also a turned and a small one', () => {
  const held = holding({ x: 20, y: 100, modulePx: 4 });
  const middles = findersIn(held).map(({ x, y, size }) => [x, y, size]);
  const far = 20 + (modules.size - 3.5) * 4;
  const low = 100 + (modules.size - 3.5) * 4;
  expect(middles).toHaveLength(3);
  for (const [at, [x, y]] of [
    [34, 114],
    [far, 114],
    [34, low],
  ].entries()) {
    expect(Math.abs((middles[at]?.[0] ?? 0) - (x ?? 0))).toBeLessThan(3);
    expect(Math.abs((middles[at]?.[1] ?? 0) - (y ?? 0))).toBeLessThan(3);
    expect(Math.abs((middles[at]?.[2] ?? 0) - 28)).toBeLessThan(3);
  }
  const well = { isBlown: false, isNear: false };
  expect(codeIn(held)).toEqual(well);
  expect(codeIn(holding({ x: 20, y: 120, modulePx: 2.5 }))).toEqual(well);
  for (const turnedDeg of [10, 30, 45, 80]) {
    expect(codeIn(holding({ x: 150, y: 90, modulePx: 3.5, turnedDeg }))).toEqual(well);
  }
});

it('sees none in blinds, panes and a bare room, however bright they are', () => {
  for (const apart of [6, 11, 16, 24]) {
    const isSlat = (at: number) => at % apart < apart / 2;
    expect(codeIn(picture((_, y) => (isSlat(y) ? 255 : 80)))).toBeNull();
    expect(codeIn(picture((x) => (isSlat(x) ? 255 : 80)))).toBeNull();
    expect(codeIn(picture((x, y) => (isSlat(x) || isSlat(y) ? 60 : 255)))).toBeNull();
  }
  expect(codeIn(picture(room))).toBeNull();
  expect(codeIn(picture((x) => (x < 140 ? 255 : 90)))).toBeNull();
});

it('sees that a code’s light runs over; white paper is as bright and does not', () => {
  const held = { x: 24, y: 80, modulePx: 5, light: 255 } as const;
  expect(codeIn(holding(held))).toMatchObject({ isBlown: false });
  expect(codeIn(holding({ ...held, over: 1 }))).toMatchObject({ isBlown: true });
  expect(codeIn(holding({ ...held, over: 1, light: 200 }))).toMatchObject({ isBlown: false });
});

it('sees that a code is too near to fit into the picture', () => {
  expect(codeIn(holding({ x: 20, y: 8, modulePx: 9 }))).toMatchObject({ isNear: false });
  expect(codeIn(holding({ x: 40, y: 50, modulePx: 12 }))).toMatchObject({ isNear: true });
});
