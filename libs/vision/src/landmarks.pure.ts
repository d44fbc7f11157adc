import type { Box, Picture, Point } from './picture.js';
import { layout, type PlaneLayout } from './planes.pure.js';
import { boxAround, cropMap, warp } from './warp.pure.js';

/** Side of the landmark model's input. */
export const LANDMARK_SIZE = 64;
export const LANDMARK_LAYOUT: PlaneLayout = layout('grey', 0, 256);

/** 68 points (x, y, x, y, …) in pixels of the picture, in the order of the iBUG 300-W scheme. */
export type Landmarks = Float32Array;

/** Left eye, right eye (as seen in the picture), nose, left and right mouth corner. */
export type FivePoints = readonly [Point, Point, Point, Point, Point];

/** What the landmark model looks at: the face's box, moved into the picture. */
export function landmarkBox(
  box: Box,
  picture: { readonly width: number; readonly height: number },
): Box {
  return boxAround(box, 1, picture.width, picture.height);
}

/** The face's box as the model's input. */
export function landmarkCrop(picture: Picture, box: Box): Picture {
  return warp(picture, cropMap(box, LANDMARK_SIZE, LANDMARK_SIZE), LANDMARK_SIZE, LANDMARK_SIZE);
}

/** The model's output, fractions of the box, as pixels of the picture. */
export function placeLandmarks(output: Float32Array, box: Box): Landmarks {
  return output.map((value, i) =>
    i % 2 === 0 ? box.x + value * box.width : box.y + value * box.height,
  );
}

/** The mean of some of the 68 points. */
export function meanPoint(landmarks: Landmarks, indices: readonly number[]): Point {
  let x = 0;
  let y = 0;
  for (const index of indices) {
    x += landmarks[index * 2] as number;
    y += landmarks[index * 2 + 1] as number;
  }
  return { x: x / indices.length, y: y / indices.length };
}

/** One of the 68 points. */
export function pointAt(landmarks: Landmarks, index: number): Point {
  return { x: landmarks[index * 2] as number, y: landmarks[index * 2 + 1] as number };
}

/** The lids of each eye, without its corners: their mean stays put when the eye opens and closes. */
const LEFT_LIDS = [37, 38, 40, 41] as const;
const RIGHT_LIDS = [43, 44, 46, 47] as const;

/** The five points by which a face is aligned. */
export function fivePoints(landmarks: Landmarks): FivePoints {
  return [
    meanPoint(landmarks, LEFT_LIDS),
    meanPoint(landmarks, RIGHT_LIDS),
    pointAt(landmarks, 30),
    meanPoint(landmarks, [48, 60]),
    meanPoint(landmarks, [54, 64]),
  ];
}
