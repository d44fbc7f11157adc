import { softmax } from './liveness.pure.js';
import type { Box, Picture } from './picture.js';
import { type PlaneLayout } from './planes.pure.js';
import { cropMap, warp } from './warp.pure.js';

/** Side of the pose model's input. */
export const POSE_SIZE = 224;

/** RGB, by the mean and deviation of ImageNet. */
export const POSE_LAYOUT: PlaneLayout = {
  order: 'rgb',
  subtract: [0.485 * 255, 0.456 * 255, 0.406 * 255],
  divide: [0.229 * 255, 0.224 * 255, 0.225 * 255],
};

/** How a head is turned, in degrees; 0, 0, 0 looks into the camera. */
export interface Pose {
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
}

/** The face with a quarter of its box more on each side, as the model's input. */
export function poseCrop(picture: Picture, box: Box): Picture {
  const wide = {
    x: box.x - box.width / 4,
    y: box.y - box.height / 4,
    width: box.width * 1.5,
    height: box.height * 1.5,
  };
  return warp(picture, cropMap(wide, POSE_SIZE, POSE_SIZE), POSE_SIZE, POSE_SIZE);
}

/** An angle as the expectation over 66 bins of 3° each, from −99° on (Hopenet, Ruiz et al. 2018). */
export function binnedAngle(logits: ArrayLike<number>): number {
  const expected = softmax(logits).reduce((sum, share, bin) => sum + share * bin, 0);
  return expected * 3 - 99;
}
