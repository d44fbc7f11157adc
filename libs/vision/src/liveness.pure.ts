import type { Box, Picture } from './picture.js';
import { layout, type PlaneLayout } from './planes.pure.js';
import { boxAround, cropMap, warp } from './warp.pure.js';

/** Side of the liveness model's input. */
export const LIVENESS_SIZE = 128;
export const LIVENESS_LAYOUT: PlaneLayout = layout('bgr', 0, 1);

/** The model judges a face by what surrounds it: a crop of 2.7 times the box. */
export const LIVENESS_SCALE = 2.7;

/** At or above this, a face counts as live. */
export const LIVE_THRESHOLD = 0.5;

/** The face with its surroundings, as the model's input. */
export function livenessCrop(picture: Picture, box: Box): Picture {
  const around = boxAround(box, LIVENESS_SCALE, picture.width, picture.height);
  return warp(picture, cropMap(around, LIVENESS_SIZE, LIVENESS_SIZE), LIVENESS_SIZE, LIVENESS_SIZE);
}

/** Logits as shares that sum to 1. */
export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits);
  const max = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - max));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The model's three logits (live, and two kinds of attack) as a liveness, 0..1. */
export function readLiveness(logits: ArrayLike<number>): number {
  return softmax(logits)[0] ?? 0;
}
