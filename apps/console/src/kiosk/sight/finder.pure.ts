/** A picture in grey, 0..255 a pixel. */
export interface Grey {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A finder pattern, the square in a square of which a QR code has three; pixels of its picture. */
export interface Finder {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** How bright its light part is, 0..255. */
  readonly light: number;
  /** How many times as wide as its dark ring its light ring is: 1, and more where the light runs over. */
  readonly bloom: number;
}

/** Dark, light, dark, light, dark: their widths along a line through a finder's middle, in pixels. */
type Runs = readonly [number, number, number, number, number];

const ROWS_APART = 2;
/** A pattern is found at each of these that lies between its dark and its light. */
const THRESHOLDS = [48, 80, 112, 144, 176, 208, 240] as const;
const CONTRAST_MIN = 50;
const SIZE_MIN_PX = 12;

/** The finder patterns of a picture, however it is turned. */
export function findersIn(picture: Grey): readonly Finder[] {
  const found: Finder[] = [];
  for (let y = 1; y < picture.height; y += ROWS_APART) {
    for (const threshold of THRESHOLDS) findInRow(picture, y, threshold, found);
  }
  return found;
}

function findInRow(picture: Grey, y: number, threshold: number, found: Finder[]): void {
  const { pixels, width } = picture;
  const ends: number[] = [];
  let isDark = false;
  for (let x = 0; x < width; x++) {
    if ((pixels[y * width + x] ?? 0) < threshold === isDark) continue;
    ends.push(x);
    isDark = !isDark;
    // After an odd number of changes it is dark: five runs, the first of them dark, have just ended.
    if (isDark || ends.length < 6) continue;
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = ends.slice(-6);
    if (!isPattern([b - a, c - b, d - c, e - d, f - e])) continue;
    const finder = measured(picture, (c + d) >> 1, y);
    if (finder && !found.some((other) => isSame(other, finder))) found.push(finder);
  }
}

function isSame(one: Finder, other: Finder): boolean {
  return Math.hypot(one.x - other.x, one.y - other.y) < Math.max(one.size, other.size) / 2;
}

/** The pattern whose middle is near there, as it is seen along both lines through it; null: there is none. */
function measured(picture: Grey, x: number, y: number): Finder | null {
  const down = runsFrom(picture, x, y, 0);
  if (!down || !isPattern(down.runs)) return null;
  const across = runsFrom(picture, x, down.middle, 1);
  if (!across || !isPattern(across.runs)) return null;
  const [tall, wide] = [total(down.runs), total(across.runs)];
  if (Math.max(tall, wide) > 1.4 * Math.min(tall, wide)) return null;
  if (Math.min(tall, wide) < SIZE_MIN_PX) return null;
  return {
    x: across.middle,
    y: down.middle,
    size: (tall + wide) / 2,
    light: (down.light + across.light) / 2,
    bloom: (bloomOf(down.runs) + bloomOf(across.runs)) / 2,
  };
}

interface Line {
  readonly runs: Runs;
  readonly light: number;
  /** Where along the line its middle is. */
  readonly middle: number;
}

/** What lies along a line on both sides of a dark place, parted halfway between its dark and its light. */
function runsFrom(picture: Grey, x: number, y: number, dx: 0 | 1): Line | null {
  const { pixels, width, height } = picture;
  const [middle, length] = dx ? [x, width] : [y, height];
  const greyAt = (at: number) => pixels[dx ? y * width + at : at * width + x] ?? 0;
  const core = greyAt(middle);
  const light = (lightFrom(greyAt, middle, -1, length) + lightFrom(greyAt, middle, 1, length)) / 2;
  if (light - core < CONTRAST_MIN) return null;
  const isDark = (at: number) => greyAt(at) < (light + core) / 2;
  const before = sideFrom(isDark, middle, -1, length);
  const after = sideFrom(isDark, middle, 1, length);
  if (!before || !after) return null;
  const runs: Runs = [before[2], before[1], before[0] + after[0] - 1, after[1], after[2]];
  return { runs, light, middle: middle + ((after[0] - before[0]) >> 1) };
}

/** How bright it becomes from there on before it grows darker again. */
function lightFrom(
  greyAt: (at: number) => number,
  from: number,
  way: -1 | 1,
  length: number,
): number {
  let light = greyAt(from);
  for (let at = from; at >= 0 && at < length; at += way) {
    const grey = greyAt(at);
    if (grey < light - CONTRAST_MIN) break;
    light = Math.max(light, grey);
  }
  return light;
}

/** How far it is dark, light and dark again from there on; null: the picture ends before. */
function sideFrom(
  isDark: (at: number) => boolean,
  from: number,
  way: -1 | 1,
  length: number,
): readonly [number, number, number] | null {
  const ends: number[] = [];
  for (let at = from; at >= 0 && at < length; at += way) {
    if (isDark(at) === (ends.length % 2 === 0)) continue;
    const [inner = 0, ring = 0] = ends;
    if (ends.length === 2) return [inner, ring - inner, Math.abs(at - from) - ring];
    ends.push(Math.abs(at - from));
  }
  return null;
}

/** Whether the widths are as 1 : 1 : 3 : 1 : 1, also where the light has run over. */
function isPattern(runs: Runs): boolean {
  const [a, b, core, d, e] = runs;
  const unit = total(runs) / 7;
  const isRing = (one: number, other: number, least: number, most: number) =>
    Math.min(one, other) >= least * unit - 0.5 &&
    Math.max(one, other) <= most * unit + 0.5 &&
    Math.max(one, other) <= 2 * Math.min(one, other) + 1;
  return (
    isRing(a, e, 0.35, 1.6) && isRing(b, d, 0.5, 2) && core >= 1.8 * unit && core <= 4.2 * unit
  );
}

function total(runs: Runs): number {
  return runs.reduce((sum, run) => sum + run, 0);
}

function bloomOf([a, b, , d, e]: Runs): number {
  return (b + d) / Math.max(1, a + e);
}
