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
  const data = new Uint8Array(width * height * 3);
  // One bilinear sample covers two source pixels; more are taken where the step is larger.
  const step = Math.max(Math.hypot(map.a, map.d), Math.hypot(map.b, map.e));
  const taps = Math.max(1, Math.round(step / 2));
  const sum = new Float64Array(3);
  const rounding = 0.5;
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      sum.fill(0);
      for (let j = 0; j < taps; j++) {
        const v = y + (j + 0.5) / taps;
        for (let i = 0; i < taps; i++) {
          const u = x + (i + 0.5) / taps;
          addSample(
            source,
            map.a * u + map.b * v + map.c,
            map.d * u + map.e * v + map.f,
            outside,
            sum,
          );
        }
      }
      const share = 1 / (taps * taps);
      data[at++] = (sum[0] as number) * share + rounding;
      data[at++] = (sum[1] as number) * share + rounding;
      data[at++] = (sum[2] as number) * share + rounding;
    }
  }
  return { width, height, data };
}

/** Adds the bilinear sample at (x, y), in pixels as unit squares, to `sum` (three channels). */
function addSample(
  source: Picture,
  x: number,
  y: number,
  outside: number | undefined,
  sum: Float64Array,
): void {
  const { width, height, data } = source;
  if (outside !== undefined && (x < 0 || y < 0 || x > width || y > height)) {
    sum[0] = (sum[0] as number) + outside;
    sum[1] = (sum[1] as number) + outside;
    sum[2] = (sum[2] as number) + outside;
    return;
  }
  const px = Math.min(Math.max(x - 0.5, 0), width - 1);
  const py = Math.min(Math.max(y - 0.5, 0), height - 1);
  const x0 = px | 0;
  const y0 = py | 0;
  const fx = px - x0;
  const fy = py - y0;
  const right = x0 + 1 < width ? 3 : 0;
  const below = y0 + 1 < height ? width * 3 : 0;
  const p = (y0 * width + x0) * 3;
  const q = p + below;
  const w00 = (1 - fx) * (1 - fy);
  const w01 = fx * (1 - fy);
  const w10 = (1 - fx) * fy;
  const w11 = fx * fy;
  for (let c = 0; c < 3; c++) {
    sum[c] =
      (sum[c] as number) +
      (data[p + c] as number) * w00 +
      (data[p + right + c] as number) * w01 +
      (data[q + c] as number) * w10 +
      (data[q + right + c] as number) * w11;
  }
}

/** How a model wants its picture: order of the planes, then `(v − subtract) / divide`. */
export interface PlaneLayout {
  readonly order: 'rgb' | 'bgr' | 'grey';
  readonly subtract: readonly [number, number, number];
  readonly divide: readonly [number, number, number];
}

/** The same offset and scale for every channel. */
export function layout(order: PlaneLayout['order'], subtract: number, divide: number): PlaneLayout {
  return { order, subtract: [subtract, subtract, subtract], divide: [divide, divide, divide] };
}

/** Writes a picture as one plane a channel (or one grey plane) into a model's input. */
export function writePlanes(picture: Picture, how: PlaneLayout, into: Float32Array): void {
  const { data } = picture;
  const size = picture.width * picture.height;
  if (how.order === 'grey') {
    for (let i = 0, p = 0; i < size; i++, p += 3) {
      into[i] = (luma(data, p) - how.subtract[0]) / how.divide[0];
    }
    return;
  }
  for (let plane = 0; plane < 3; plane++) {
    const channel = how.order === 'rgb' ? plane : 2 - plane;
    const subtract = how.subtract[plane] as number;
    const scale = 1 / (how.divide[plane] as number);
    const start = plane * size;
    for (let i = 0, p = channel; i < size; i++, p += 3)
      into[start + i] = ((data[p] as number) - subtract) * scale;
  }
}

/** Brightness of the RGB pixel at `data[p]`, 0–255, by ITU-R BT.601. */
export function luma(data: Uint8Array, p: number): number {
  return (
    0.299 * (data[p] as number) + 0.587 * (data[p + 1] as number) + 0.114 * (data[p + 2] as number)
  );
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
