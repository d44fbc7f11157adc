import type { Box, Picture } from './picture.js';

/** Maps a point (x, y) of the result to the source: `(a·x + b·y + c, d·x + e·y + f)`, pixels as unit squares. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** The map that fills `width × height` with `box` of the source. */
export function cropMap(box: Box, width: number, height: number): Affine {
  return { a: box.width / width, b: 0, c: box.x, d: 0, e: box.height / height, f: box.y };
}

/**
 * Resamples a picture through an affine map: bilinear, and where more than two source pixels fall on one, the mean
 * of several bilinear samples, so that nothing aliases.
 * @param outside grey level of what lies outside the source; left out, the source's edge goes on
 */
export function warp(
  source: Picture,
  map: Affine,
  width: number,
  height: number,
  outside?: number,
): Picture {
  // One bilinear sample covers two source pixels; more are taken where the step is larger.
  const taps = Math.max(
    1,
    Math.round(Math.max(Math.hypot(map.a, map.d), Math.hypot(map.b, map.e)) / 2),
  );
  if (taps === 1) return sampled(source, map, width, height, outside);
  const finer = { ...map, a: map.a / taps, b: map.b / taps, d: map.d / taps, e: map.e / taps };
  return averaged(sampled(source, finer, width * taps, height * taps, outside), taps);
}

function sampled(
  source: Picture,
  map: Affine,
  width: number,
  height: number,
  outside: number | undefined,
): Picture {
  const upright = map.b === 0 && map.d === 0;
  const data = upright
    ? sampleUpright(source, map, width, height, outside)
    : sampleTurned(source, map, width, height, outside);
  return { width, height, data };
}

/** Where the samples along one axis lie: offset of the pixel before and after each, and the latter's share of 256. */
interface Axis {
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly share: Int32Array;
  /** 1 where the sample lies outside the source. */
  readonly out: Uint8Array;
}

function axis(step: number, start: number, count: number, size: number, stride: number): Axis {
  const [before, after, share] = [
    new Int32Array(count),
    new Int32Array(count),
    new Int32Array(count),
  ];
  const out = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const at = step * (i + 0.5) + start;
    const inside = Math.min(Math.max(at - 0.5, 0), size - 1);
    const first = Math.floor(inside);
    before[i] = first * stride;
    after[i] = Math.min(first + 1, size - 1) * stride;
    share[i] = Math.round((inside - first) * 256);
    out[i] = at < 0 || at > size ? 1 : 0;
  }
  return { before, after, share, out };
}

/** Without a turn the samples of all rows lie alike: worked out once, in whole numbers. Most of a frame's pixels. */
function sampleUpright(
  source: Picture,
  map: Affine,
  width: number,
  height: number,
  outside?: number,
): Uint8Array {
  const result = new Uint8Array(width * height * 3);
  const columns = axis(map.a, map.c, width, source.width, 3);
  const rows = axis(map.e, map.f, height, source.height, source.width * 3);
  for (let y = 0; y < height; y++) sampleRow(source.data, columns, rows, y, result);
  if (outside !== undefined) fillOutside(result, columns, rows, outside);
  return result;
}

/** The three channels are written out: a loop over them makes the whole frame a tenth slower. */
function sampleRow(
  data: Uint8Array,
  columns: Axis,
  rows: Axis,
  y: number,
  result: Uint8Array,
): void {
  const { before, after, share } = columns;
  const top = rows.before[y] as number;
  const bottom = rows.after[y] as number;
  const down = rows.share[y] as number;
  const width = before.length;
  for (let x = 0, at = y * width * 3; x < width; x++, at += 3) {
    const left = before[x] as number;
    const right = after[x] as number;
    const forth = share[x] as number;
    const d = (down * forth) | 0;
    const c = (down << 8) - d;
    const b = (forth << 8) - d;
    const a = 65_536 - b - c - d;
    const p = top + left;
    const q = top + right;
    const r = bottom + left;
    const s = bottom + right;
    result[at] =
      ((data[p] as number) * a +
        (data[q] as number) * b +
        (data[r] as number) * c +
        (data[s] as number) * d +
        32_768) >>
      16;
    result[at + 1] =
      ((data[p + 1] as number) * a +
        (data[q + 1] as number) * b +
        (data[r + 1] as number) * c +
        (data[s + 1] as number) * d +
        32_768) >>
      16;
    result[at + 2] =
      ((data[p + 2] as number) * a +
        (data[q + 2] as number) * b +
        (data[r + 2] as number) * c +
        (data[s + 2] as number) * d +
        32_768) >>
      16;
  }
}

function fillOutside(result: Uint8Array, columns: Axis, rows: Axis, outside: number): void {
  const width = columns.out.length;
  for (let y = 0; y < rows.out.length; y++) {
    const rowIsOut = rows.out[y] === 1;
    for (let x = 0; x < width; x++) {
      if (rowIsOut || columns.out[x] === 1)
        result.fill(outside, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
}

function sampleTurned(
  source: Picture,
  map: Affine,
  width: number,
  height: number,
  outside?: number,
): Uint8Array {
  const { data } = source;
  const result = new Uint8Array(width * height * 3);
  const [maxX, maxY] = [source.width - 1, source.height - 1];
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sx = map.a * (x + 0.5) + map.b * (y + 0.5) + map.c;
      const sy = map.d * (x + 0.5) + map.e * (y + 0.5) + map.f;
      if (outside !== undefined && (sx < 0 || sy < 0 || sx > source.width || sy > source.height)) {
        result[at++] = outside;
        result[at++] = outside;
        result[at++] = outside;
        continue;
      }
      const px = Math.min(Math.max(sx - 0.5, 0), maxX);
      const py = Math.min(Math.max(sy - 0.5, 0), maxY);
      const x0 = px | 0;
      const y0 = py | 0;
      const fx = px - x0;
      const fy = py - y0;
      const p = (y0 * source.width + x0) * 3;
      const right = x0 < maxX ? 3 : 0;
      const q = y0 < maxY ? p + source.width * 3 : p;
      for (let c = 0; c < 3; c++) {
        const upper = (data[p + c] as number) * (1 - fx) + (data[p + right + c] as number) * fx;
        const lower = (data[q + c] as number) * (1 - fx) + (data[q + right + c] as number) * fx;
        result[at++] = upper * (1 - fy) + lower * fy + 0.5;
      }
    }
  }
  return result;
}

/** The picture `by` times as small each way: each pixel the mean of `by × by`. */
function averaged(fine: Picture, by: number): Picture {
  const width = fine.width / by;
  const height = fine.height / by;
  const data = new Uint8Array(width * height * 3);
  const stride = fine.width * 3;
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < width * 3; i++) {
      const start = y * by * stride + ((i / 3) | 0) * by * 3 + (i % 3);
      let sum = 0;
      for (let v = 0; v < by; v++)
        for (let u = 0; u < by; u++) sum += fine.data[start + v * stride + u * 3] as number;
      data[y * width * 3 + i] = sum / (by * by) + 0.5;
    }
  }
  return { width, height, data };
}

/**
 * The box `scale` times as large about its own centre, made smaller and moved where needed so that it lies inside
 * the picture. (The crop rule of the landmark and liveness models.)
 */
export function boxAround(box: Box, scale: number, width: number, height: number): Box {
  const fit = Math.min(scale, width / box.width, height / box.height);
  const w = box.width * fit;
  const h = box.height * fit;
  const x = Math.min(Math.max(box.x + (box.width - w) / 2, 0), width - w);
  const y = Math.min(Math.max(box.y + (box.height - h) / 2, 0), height - h);
  return { x, y, width: w, height: h };
}
