import type { Box, Picture } from './picture.js';
import { cropMap, warp } from './warp.pure.js';

/** Colours that are kept of a blurred region, each way: far fewer than the 21 modules of the smallest QR code. */
const KEPT_CELLS = 5;

/** The region grows by this share on each side, for what the reader's corners leave out. */
const MARGIN = 0.15;

/**
 * The picture with QR regions made unreadable, for pictures that are kept, mailed or shown. A new picture; the
 * given one is left as it is.
 */
export function blurQrRegions(picture: Picture, boxes: readonly Box[]): Picture {
  return blurRegions(picture, boxes.map(grow));
}

/** A copy in which only the mean colours of 5 × 5 cells remain of each region: nothing can bring the rest back. */
export function blurRegions(picture: Picture, boxes: readonly Box[]): Picture {
  const result = { ...picture, data: picture.data.slice() };
  for (const box of boxes) blurOne(result, wholePixels(box, picture));
  return result;
}

function blurOne(picture: Picture, box: Box): void {
  if (box.width < 1 || box.height < 1) return;
  const cells = warp(picture, cropMap(box, KEPT_CELLS, KEPT_CELLS), KEPT_CELLS, KEPT_CELLS);
  const back = { a: KEPT_CELLS / box.width, b: 0, c: 0, d: 0, e: KEPT_CELLS / box.height, f: 0 };
  const smooth = warp(cells, back, box.width, box.height);
  for (let row = 0; row < box.height; row++) {
    const from = row * box.width * 3;
    picture.data.set(
      smooth.data.subarray(from, from + box.width * 3),
      ((box.y + row) * picture.width + box.x) * 3,
    );
  }
}

function grow(box: Box): Box {
  const x = box.width * MARGIN;
  const y = box.height * MARGIN;
  return { x: box.x - x, y: box.y - y, width: box.width + 2 * x, height: box.height + 2 * y };
}

function wholePixels(box: Box, picture: Picture): Box {
  const x = Math.min(Math.max(Math.floor(box.x), 0), picture.width);
  const y = Math.min(Math.max(Math.floor(box.y), 0), picture.height);
  const right = Math.min(Math.max(Math.ceil(box.x + box.width), x), picture.width);
  const bottom = Math.min(Math.max(Math.ceil(box.y + box.height), y), picture.height);
  return { x, y, width: right - x, height: bottom - y };
}
