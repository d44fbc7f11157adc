import { describe, expect, it } from 'vitest';
import { alignmentMap } from './align.pure.js';
import { blurQrRegions } from './blur-regions.pure.js';
import type { Picture } from './picture.js';
import { writePlanes } from './planes.pure.js';
import { boxAround, cropMap, warp } from './warp.pure.js';

/** A picture whose pixel (x, y) is `at(x, y)` in all channels. */
function picture(width: number, height: number, at: (x: number, y: number) => number): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++)
    data.fill(at(i % width, Math.floor(i / width)), i * 3, i * 3 + 3);
  return { width, height, data };
}

const red = ({ data }: Picture) => Array.from(data).filter((_, i) => i % 3 === 0);

describe('warp', () => {
  it('leaves a picture alone that is mapped onto itself', () => {
    const source = picture(5, 4, (x, y) => x * 40 + y * 7);
    expect(warp(source, cropMap({ x: 0, y: 0, width: 5, height: 4 }, 5, 4), 5, 4).data).toEqual(
      source.data,
    );
  });

  it('halves a picture to the mean of each four pixels', () => {
    const source = picture(4, 2, (x, y) => x * 10 + y * 100);
    expect(red(warp(source, cropMap({ x: 0, y: 0, width: 4, height: 2 }, 2, 1), 2, 1))).toEqual([
      55, 75,
    ]);
  });

  it('shrinks much without losing a pixel: fine stripes become their mean', () => {
    const source = picture(64, 64, (x) => (x % 2) * 200);
    const small = warp(source, cropMap({ x: 0, y: 0, width: 64, height: 64 }, 8, 8), 8, 8);
    expect(new Set(red(small))).toEqual(new Set([100]));
  });

  it('turns by a quarter', () => {
    const source = picture(2, 2, (x, y) => x + 2 * y);
    const turned = warp(source, { a: 0, b: 1, c: 0, d: -1, e: 0, f: 2 }, 2, 2);
    expect(red(turned)).toEqual([2, 0, 3, 1]);
  });

  it('fills what lies outside as asked, else with the edge', () => {
    const source = picture(2, 2, () => 200);
    const wide = cropMap({ x: -2, y: 0, width: 6, height: 2 }, 6, 2);
    expect(red(warp(source, wide, 6, 2, 9)).slice(0, 6)).toEqual([9, 9, 200, 200, 9, 9]);
    expect(red(warp(source, wide, 6, 2))).toEqual(Array(12).fill(200));
  });
});

describe('what models are given', () => {
  it('is one plane a channel, scaled, in the order asked for', () => {
    const source = { width: 1, height: 2, data: Uint8Array.from([1, 2, 3, 4, 5, 6]) };
    const into = new Float32Array(6);
    writePlanes(source, { order: 'bgr', subtract: [1, 1, 1], divide: [2, 2, 2] }, into);
    expect(Array.from(into)).toEqual([1, 2.5, 0.5, 2, 0, 1.5]);
  });

  it('is a box that lies inside the picture', () => {
    const around = boxAround({ x: 0, y: 10, width: 40, height: 50 }, 2.7, 200, 100);
    expect(around).toEqual({ x: 0, y: 0, width: 80, height: 100 });
  });
});

describe('alignment', () => {
  it('maps the reference onto a face that is turned, scaled and moved', () => {
    const reference = [
      [38.2946, 51.6963],
      [73.5318, 51.5014],
      [56.0252, 71.7366],
      [41.5493, 92.3655],
      [70.7299, 92.2041],
    ] as const;
    const [cos, sin] = [2 * Math.cos(0.3), 2 * Math.sin(0.3)];
    const move = (x: number, y: number) => ({
      x: cos * x - sin * y + 30,
      y: sin * x + cos * y - 12,
    });
    const [a, b, c, d, e] = reference.map(([x, y]) => move(x, y));
    if (!a || !b || !c || !d || !e) throw new Error('five points');
    const map = alignmentMap([a, b, c, d, e]);
    expect(map.a).toBeCloseTo(cos, 6);
    expect(map.d).toBeCloseTo(sin, 6);
    const middle = {
      x: map.a * 50.5 + map.b * 60.5 + map.c - 0.5,
      y: map.d * 50.5 + map.e * 60.5 + map.f - 0.5,
    };
    expect(middle.x).toBeCloseTo(move(50, 60).x, 6);
    expect(middle.y).toBeCloseTo(move(50, 60).y, 6);
  });
});

describe('blurred regions', () => {
  it('leaves the given picture and everything outside as they are', () => {
    const source = picture(40, 40, (x, y) => (x * 37 + y * 91) % 256);
    const before = source.data.slice();
    const blurred = blurQrRegions(source, [{ x: 10, y: 10, width: 10, height: 10 }]);
    expect(source.data).toEqual(before);
    const changed = Array.from(blurred.data, (value, i) =>
      value === source.data[i] ? -1 : i,
    ).filter((i) => i >= 0);
    expect(changed.length).toBeGreaterThan(0);
    for (const i of changed) {
      const pixel = Math.floor(i / 3);
      expect(pixel % 40).toBeGreaterThanOrEqual(8);
      expect(pixel % 40).toBeLessThan(22);
    }
  });

  it('survives boxes that lie outside or are empty', () => {
    const source = picture(8, 8, () => 7);
    expect(blurQrRegions(source, [{ x: 20, y: -9, width: 5, height: 0 }]).data).toEqual(
      source.data,
    );
  });
});
