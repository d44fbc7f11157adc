import type { Box, Picture } from './picture.js';
import { layout, type PlaneLayout } from './planes.pure.js';
import { warp } from './warp.pure.js';

/** Input of the detector. */
export const DETECT_WIDTH = 320;
export const DETECT_HEIGHT = 240;
export const DETECT_LAYOUT: PlaneLayout = layout('rgb', 127, 128);

/** A face as the detector saw it. */
export interface Detection {
  /** In pixels of the picture, cut off at its edges. */
  readonly box: Box;
  /** 0..1: how sure the detector is that this is a face. */
  readonly detectorScore: number;
}

/** Below this score a box is no face; and boxes that overlap more than this (IoU) are one face. */
export const DETECTOR_DEFAULTS = { minScore: 0.7, maxOverlap: 0.3 } as const;

/** Pixels of the picture per pixel of the detector's input, the same both ways. */
export function letterboxScale(width: number, height: number): number {
  return Math.max(width / DETECT_WIDTH, height / DETECT_HEIGHT);
}

/** The picture scaled into the detector's input, at its top left; the rest is mid grey, which the model reads as 0. */
export function letterbox(picture: Picture): Picture {
  const scale = letterboxScale(picture.width, picture.height);
  return warp(
    picture,
    { a: scale, b: 0, c: 0, d: 0, e: scale, f: 0 },
    DETECT_WIDTH,
    DETECT_HEIGHT,
    127,
  );
}

/**
 * The detector's raw output as faces, the largest first.
 * @param scores pairs (no face, face) for each candidate
 * @param boxes left, top, right, bottom for each candidate, as fractions of the input
 */
export function readDetections(
  scores: Float32Array,
  boxes: Float32Array,
  picture: { readonly width: number; readonly height: number },
  options: { readonly minScore: number; readonly maxOverlap: number } = DETECTOR_DEFAULTS,
): Detection[] {
  const scale = letterboxScale(picture.width, picture.height);
  const found: Detection[] = [];
  for (let i = 0; i * 2 < scores.length; i++) {
    const detectorScore = scores[i * 2 + 1] as number;
    if (detectorScore <= options.minScore) continue;
    const left = clamp((boxes[i * 4] as number) * DETECT_WIDTH * scale, picture.width);
    const top = clamp((boxes[i * 4 + 1] as number) * DETECT_HEIGHT * scale, picture.height);
    const right = clamp((boxes[i * 4 + 2] as number) * DETECT_WIDTH * scale, picture.width);
    const bottom = clamp((boxes[i * 4 + 3] as number) * DETECT_HEIGHT * scale, picture.height);
    if (right - left < 1 || bottom - top < 1) continue;
    found.push({
      box: { x: left, y: top, width: right - left, height: bottom - top },
      detectorScore,
    });
  }
  return suppress(found, options.maxOverlap).toSorted((a, b) => area(b.box) - area(a.box));
}

/** Greedy non-maximum suppression: of boxes that overlap, the surest stays. */
export function suppress(found: readonly Detection[], maxOverlap: number): Detection[] {
  const kept: Detection[] = [];
  for (const next of found.toSorted((a, b) => b.detectorScore - a.detectorScore)) {
    if (kept.every((other) => overlap(other.box, next.box) <= maxOverlap)) kept.push(next);
  }
  return kept;
}

/** Intersection over union of two boxes, 0..1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const common = width * height;
  return common / (area(a) + area(b) - common);
}

function area(box: Box): number {
  return box.width * box.height;
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}
