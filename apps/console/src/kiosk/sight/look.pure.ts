/** What a cheap look at a picture of a few thousand pixels tells, of the whole and of the place where the code is held. */
export interface Look {
  /** Mean brightness of the whole, 0..255. */
  readonly light: number;
  /** The share of that place that is blown out, 0..1. */
  readonly blown: number;
  /** How much that place differs from the picture before, mean of 0..255; 0 for the first. */
  readonly motion: number;
  /** The share of the whole that is as full of edges as a code is, 0..1. */
  readonly busy: number;
}

export type PictureHint = 'dark' | 'bright' | 'near' | 'shaky';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the target frame is drawn: right below on the mirrored screen, so left below in the picture. */
const PLACE = { right: 0.45, top: 0.45 } as const;
const BLOWN_FROM = 250;
const EDGE_FROM = 70;
/** Beyond these, reading a code fails; found with the sample frames and codes of libs/vision. */
const DARK_BELOW = 45;
const BLOWN_ABOVE = 0.35;
const BUSY_ABOVE = 0.3;
const MOTION_ABOVE = 24;
/** A hint is shown once so many pictures in a row say the same, and hidden once none of as many does. */
const AGREE = 5;

/** @param pixels RGBA of that size; `before` those of the picture before */
export function lookAt(
  pixels: Uint8ClampedArray,
  before: Uint8ClampedArray | undefined,
  { width, height }: Size,
): Look {
  let light = 0;
  let blown = 0;
  let motion = 0;
  let edges = 0;
  let inPlace = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const grey = greyAt(pixels, at);
      light += grey;
      if (x > 0 && y > 0) {
        const across = Math.abs(grey - greyAt(pixels, at - 4));
        const down = Math.abs(grey - greyAt(pixels, at - width * 4));
        if (across + down > EDGE_FROM) edges += 1;
      }
      if (x > width * PLACE.right || y < height * PLACE.top) continue;
      inPlace += 1;
      if (grey >= BLOWN_FROM) blown += 1;
      if (before) motion += Math.abs(grey - greyAt(before, at));
    }
  }
  const all = Math.max(1, width * height);
  const place = Math.max(1, inPlace);
  return {
    light: light / all,
    blown: blown / place,
    motion: motion / place,
    busy: edges / all,
  };
}

function greyAt(pixels: Uint8ClampedArray, at: number): number {
  // ITU-R BT.601, in eighths.
  return ((pixels[at] ?? 0) * 2 + (pixels[at + 1] ?? 0) * 5 + (pixels[at + 2] ?? 0)) / 8;
}

/** What keeps a code from being read in this picture, the gravest first; null: nothing that can be seen. */
export function faultOf({ light, blown, motion, busy }: Look): PictureHint | null {
  if (light < DARK_BELOW) return 'dark';
  if (blown > BLOWN_ABOVE) return 'bright';
  if (busy > BUSY_ABOVE) return 'near';
  return motion > MOTION_ABOVE ? 'shaky' : null;
}

/** Makes hints of looks, slowly enough to be read. */
export class HintKeeper {
  #shown: PictureHint | null = null;
  #next: PictureHint | null = null;
  #agreed = 0;

  /** @returns the hint to show from now on */
  add(look: Look): PictureHint | null {
    const fault = faultOf(look);
    this.#agreed = fault === this.#next ? this.#agreed + 1 : 1;
    this.#next = fault;
    if (this.#agreed >= AGREE) this.#shown = fault;
    return this.#shown;
  }
}
