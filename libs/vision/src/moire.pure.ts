import FFT from 'fft.js';
import type { Box, Picture } from './picture.js';

/** Side of the patch in the middle of the face that is looked at, in pixels of the picture. */
export const MOIRE_PATCH_PX = 128;

/**
 * From where on a regular pattern of colours counts against a face, and where it says "a screen" for certain; in powers of
 * ten of its strength over what surrounds it. Of the 22 sample faces at three distances, 99 % of the living's frames stay
 * below 1.55, and 95 % of those of a screen that fills the picture are above 1.95.
 */
export const MOIRE_RAMP = [1.6, 1.9] as const;

/** A smaller face doesn't fill the patch, and clothes have patterns of their own. */
export const MOIRE_FACE_PX = 100;

/** The patterns that are looked for, in cycles over the patch: coarser ones are features of the face, finer ones die in JPEG. */
const [COARSEST, FINEST] = [6, 51];

/** So near to an axis lie straight lines and the edges of JPEG blocks. */
const ALONG = 2;

const SIDE = MOIRE_PATCH_PX;
const HALF = SIDE / 2;
const fft = new FFT(SIDE);
const hann = Float64Array.from(
  { length: SIDE },
  (_, i) => Math.sin((Math.PI * (i + 0.5)) / SIDE) ** 2,
);

/**
 * How strongly a fine, regular pattern of colours lies over a face: what a camera sees of a screen whose grid of coloured
 * dots beats with the sensor's. Skin has no such pattern, and its fine detail is of brightness, so the difference of red
 * and green is looked at, and of its spectrum the strongest single frequency over the median of those as fine.
 * @returns powers of ten: about 1.2 of noise alone, 0 of a face or a picture that is too small to tell
 */
export function measureMoire(picture: Picture, box: Box): number {
  if (box.width < MOIRE_FACE_PX || picture.width < SIDE || picture.height < SIDE) return 0;
  return strongest(spectrum(patch(picture, box)));
}

/** How much of a liveness is left where so strong a pattern lies over the face: 1 all, 0 nothing. */
export function withoutMoire(liveness: number, moire: number): number {
  const [from, to] = MOIRE_RAMP;
  return liveness * (1 - Math.min(1, Math.max(0, (moire - from) / (to - from))));
}

/** Red less green in the middle of the box, about its mean, faded out towards the edges. */
function patch({ width, height, data }: Picture, box: Box): Float64Array {
  const left = inside(Math.round(box.x + box.width / 2) - HALF, width - SIDE);
  const top = inside(Math.round(box.y + box.height / 2) - HALF, height - SIDE);
  const values = new Float64Array(SIDE * SIDE);
  let sum = 0;
  for (let y = 0, at = 0; y < SIDE; y++) {
    for (let x = 0, p = ((top + y) * width + left) * 3; x < SIDE; x++, at++, p += 3) {
      const value = (data[p] as number) - (data[p + 1] as number);
      values[at] = value;
      sum += value;
    }
  }
  const mean = sum / values.length;
  for (let y = 0, at = 0; y < SIDE; y++) {
    const down = hann[y] as number;
    for (let x = 0; x < SIDE; x++, at++) {
      values[at] = ((values[at] as number) - mean) * (hann[x] as number) * down;
    }
  }
  return values;
}

function inside(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}

/** The power at (fx, fy), fx 0..HALF, at `fy · (HALF + 1) + fx`: the other half of a real spectrum says the same. */
function spectrum(values: Float64Array): Float64Array {
  const rows = Array.from({ length: SIDE }, (_, y) => {
    const row = fft.createComplexArray();
    fft.realTransform(row, values.subarray(y * SIDE, (y + 1) * SIDE));
    return row;
  });
  const power = new Float64Array(SIDE * (HALF + 1));
  const [column, turned] = [fft.createComplexArray(), fft.createComplexArray()];
  // Neither an axis nor what is finer than the finest ring is looked at.
  for (let fx = ALONG + 1; fx <= FINEST + 1; fx++) {
    for (let y = 0; y < SIDE; y++) {
      const row = rows[y] as number[];
      column[2 * y] = row[2 * fx] as number;
      column[2 * y + 1] = row[2 * fx + 1] as number;
    }
    fft.transform(turned, column);
    for (let fy = 0; fy < SIDE; fy++) {
      const [re, im] = [turned[2 * fy] as number, turned[2 * fy + 1] as number];
      power[fy * (HALF + 1) + fx] = re * re + im * im + 1e-9;
    }
  }
  return power;
}

/** Where in a spectrum the frequencies of each ring lie, all about as fine; those along an axis are left out. */
const rings: readonly Int32Array[] = ringsOf();

function ringsOf(): Int32Array[] {
  const found = Array.from({ length: FINEST + 2 }, (): number[] => []);
  for (let fy = 0; fy < SIDE; fy++) {
    const down = fy < HALF ? fy : fy - SIDE;
    if (Math.abs(down) <= ALONG) continue;
    for (let fx = ALONG + 1; fx <= HALF; fx++) {
      found[Math.round(Math.hypot(fx, down))]?.push(fy * (HALF + 1) + fx);
    }
  }
  return found.map((places) => Int32Array.from(places));
}

/** By how much the strongest single frequency is above the median of those as fine, in powers of ten. */
function strongest(power: Float64Array): number {
  const [medians, tops] = [new Float64Array(rings.length), new Float64Array(rings.length)];
  for (let ring = COARSEST - 1; ring <= FINEST + 1; ring++) {
    const places = rings[ring] as Int32Array;
    const values = new Float64Array(places.length);
    for (let at = 0; at < places.length; at++) values[at] = power[places[at] as number] as number;
    values.sort();
    medians[ring] = Math.log10(values[values.length >> 1] as number);
    tops[ring] = Math.log10(values.at(-1) as number);
  }
  let most = 0;
  for (let ring = COARSEST; ring <= FINEST; ring++) {
    const [finer, same, coarser] = [...medians.subarray(ring - 1, ring + 2)] as [
      number,
      number,
      number,
    ];
    most = Math.max(most, (tops[ring] as number) - (finer + same + coarser) / 3);
  }
  return most;
}
