import type { Finder } from './finder.pure.js';

/** What a cheap look at a picture tells. */
export interface Look {
  /** Mean brightness of the whole, 0..255. */
  readonly light: number;
  /** How much the place where the code is held differs from the picture before, mean of 0..255; 0 for the first. */
  readonly motion: number;
  /** The code that is held up, be it read or not; null: there is nothing like one. */
  readonly code: CodeSeen | null;
}

/** A code, as it is seen. */
export interface CodeSeen {
  /** Its light parts are blown out, and run over into the dark ones. */
  readonly isBlown: boolean;
  /** The picture has no room for it. */
  readonly isNear: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the target frame is drawn: right below on the mirrored screen, so left below in the picture. */
const PLACE = { right: 0.45, top: 0.45 } as const;
const BLOWN_FROM = 250;
const RUN_OVER_FROM = 1.8;
/** Patterns of one code are of one size but for its tilt, and apart by some of their sizes. */
const ALIKE = 1.4;
const APART = { least: 1.5, most: 16 } as const;
/** From this share of the picture's height on, a code of a mail does not fit into it. */
const LARGE_FROM = 0.25;

/** @param pixels RGBA of that size; `before` those of the picture before */
export function lookAt(
  pixels: Uint8ClampedArray,
  before: Uint8ClampedArray | undefined,
  { width, height }: Size,
): Omit<Look, 'code'> {
  let light = 0;
  let motion = 0;
  let inPlace = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const grey = greyAt(pixels, at);
      light += grey;
      if (x > width * PLACE.right || y < height * PLACE.top) continue;
      inPlace += 1;
      if (before) motion += Math.abs(grey - greyAt(before, at));
    }
  }
  return { light: light / Math.max(1, width * height), motion: motion / Math.max(1, inPlace) };
}

/** The grey of a picture, a byte a pixel. */
export function greyOf(pixels: Uint8ClampedArray): Uint8Array {
  return Uint8Array.from({ length: pixels.length / 4 }, (_, at) => greyAt(pixels, at * 4));
}

function greyAt(pixels: Uint8ClampedArray, at: number): number {
  // ITU-R BT.601, in eighths.
  return ((pixels[at] ?? 0) * 2 + (pixels[at + 1] ?? 0) * 5 + (pixels[at + 2] ?? 0)) / 8;
}

/** The code that these patterns are of: two that are alike, or one so large that the others have no room. */
export function codeOf(finders: readonly Finder[], heightPx: number): CodeSeen | null {
  const isNear = finders.length < 3 && finders.some(({ size }) => size > LARGE_FROM * heightPx);
  const pair = finders.filter((one) => finders.some((other) => areOfOne(one, other)));
  if (pair.length === 0 && !isNear) return null;
  const isBlown = ({ light, bloom }: Finder) => light >= BLOWN_FROM && bloom >= RUN_OVER_FROM;
  return { isBlown: pair.some(isBlown), isNear };
}

function areOfOne(one: Finder, other: Finder): boolean {
  const [smaller, larger] = [Math.min(one.size, other.size), Math.max(one.size, other.size)];
  const apart = Math.hypot(one.x - other.x, one.y - other.y) / larger;
  return larger <= ALIKE * smaller && apart >= APART.least && apart <= APART.most;
}
