import { type Landmarks, meanPoint, pointAt } from './landmarks.pure.js';
import type { Box, Picture } from './picture.js';
import { layout, type PlaneLayout } from './planes.pure.js';
import { cropMap, warp } from './warp.pure.js';

/** Side of the eye model's input. */
export const EYE_SIZE = 24;
export const EYE_LAYOUT: PlaneLayout = layout('grey', 0, 255);

/** Landmark indices of each eye: outer or left corner, right corner, and the lids between them. */
const EYES = {
  left: { corners: [36, 39], lids: [37, 38, 40, 41] },
  right: { corners: [42, 45], lids: [43, 44, 46, 47] },
} as const;

export type Eye = keyof typeof EYES;

/** A square of 1.6 eye widths around the eye, as the model was trained on. */
export function eyeBox(landmarks: Landmarks, eye: Eye): Box {
  const { corners, lids } = EYES[eye];
  const middle = meanPoint(landmarks, lids);
  const side = Math.abs(pointAt(landmarks, corners[1]).x - pointAt(landmarks, corners[0]).x) * 1.6;
  return { x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side };
}

/** The eye as the model's input. */
export function eyeCrop(picture: Picture, landmarks: Landmarks, eye: Eye): Picture {
  return warp(picture, cropMap(eyeBox(landmarks, eye), EYE_SIZE, EYE_SIZE), EYE_SIZE, EYE_SIZE);
}
