import type { GreyPicture, Picture } from './picture.js';

/** The share of pixels at each end that may be lost when contrast is stretched. */
const CLIPPED = 0.01;

/** Darkest to black and lightest to white, for codes on a dim screen or in glare. */
export function stretchContrast({ width, height, data }: GreyPicture): GreyPicture {
  const counts = new Uint32Array(256);
  for (const value of data) counts[value] = (counts[value] as number) + 1;
  const dark = percentile(counts, data.length * CLIPPED);
  const light = percentile(counts, data.length * (1 - CLIPPED));
  const scale = 255 / Math.max(light - dark, 1);
  const table = Uint8Array.from(counts, (_, value) =>
    Math.min(255, Math.max(0, (value - dark) * scale)),
  );
  return { width, height, data: data.map((value) => table[value] as number) };
}

/** The least value that at least `rank` pixels do not exceed. */
function percentile(counts: Uint32Array, rank: number): number {
  let seen = 0;
  for (let value = 0; value < counts.length; value++) {
    seen += counts[value] as number;
    if (seen >= rank) return value;
  }
  return counts.length - 1;
}

/** Twice as large each way, bilinear, for small codes: the reader wants about three pixels a module. */
export function enlarge({ width, height, data }: GreyPicture): GreyPicture {
  const result = new Uint8Array(width * height * 4);
  for (let y = 0; y < height * 2; y++) {
    const sy = Math.min(Math.max(y / 2 - 0.25, 0), height - 1);
    const top = Math.floor(sy) * width;
    const below = Math.min(Math.floor(sy) + 1, height - 1) * width;
    const fy = sy - Math.floor(sy);
    for (let x = 0; x < width * 2; x++) {
      const sx = Math.min(Math.max(x / 2 - 0.25, 0), width - 1);
      const left = Math.floor(sx);
      const right = Math.min(left + 1, width - 1);
      const fx = sx - left;
      const upper = (data[top + left] as number) * (1 - fx) + (data[top + right] as number) * fx;
      const lower =
        (data[below + left] as number) * (1 - fx) + (data[below + right] as number) * fx;
      result[y * width * 2 + x] = upper * (1 - fy) + lower * fy + 0.5;
    }
  }
  return { width: width * 2, height: height * 2, data: result };
}

/** Half as large each way, the mean of four, for large pictures in which noise hides the code. */
export function halve({ width, height, data }: GreyPicture): GreyPicture {
  const w = width >> 1;
  const h = height >> 1;
  const result = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const i = y * 2 * width + x * 2;
      const sum =
        (data[i] as number) +
        (data[i + 1] as number) +
        (data[i + width] as number) +
        (data[i + width + 1] as number);
      result[y * w + x] = (sum + 2) >> 2;
    }
  }
  return { width: w, height: h, data: result };
}

/** Four equal bytes a pixel, the shape of a canvas' ImageData. */
export function toRgba({ data }: GreyPicture): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(data.length * 4);
  for (let i = 0, p = 0; i < data.length; i++, p += 4) {
    const value = data[i] as number;
    rgba[p] = value;
    rgba[p + 1] = value;
    rgba[p + 2] = value;
    rgba[p + 3] = 255;
  }
  return rgba;
}

/** The same picture in grey, by ITU-R BT.601. */
export function toGrey({ width, height, data }: Picture): GreyPicture {
  const grey = new Uint8Array(width * height);
  for (let i = 0, p = 0; i < grey.length; i++, p += 3) {
    grey[i] =
      ((data[p] as number) * 77 + (data[p + 1] as number) * 150 + (data[p + 2] as number) * 29) >>
      8;
  }
  return { width, height, data: grey };
}
