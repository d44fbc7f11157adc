import type { FivePoints } from './landmarks.pure.js';
import type { Box, Picture } from './picture.js';
import { luma } from './planes.pure.js';
import type { Pose } from './pose.pure.js';

/** How well a face can be judged, measured. */
export interface Quality {
  /** Width of the face's box. */
  readonly faceWidthPx: number;
  /** Fine detail of the aligned face against its contrast, about 0..1: see {@link measureSharpness}. */
  readonly sharpness: number;
  /** Mean brightness of the aligned face, 0..255. */
  readonly brightness: number;
  /** To which side the head is turned, from the landmarks; degrees, positive towards the picture's left. */
  readonly yawDeg: number;
  /** 0..1: the more open of the two eyes. */
  readonly eyesOpen: number;
  /** How the head is turned, from the pose model; only where it was asked for. */
  readonly pose?: Pose;
  /** 0..1: how far the weakest of size, sharpness, brightness and yaw is from useless (0) to good (1). */
  readonly score: number;
}

/** Where a measure is useless (0) and where it is good (1); between them the score is linear. */
export const QUALITY_RAMPS = {
  faceWidthPx: [40, 100],
  sharpness: [0.02, 0.08],
  darkness: [20, 60],
  glare: [250, 215],
  yawDeg: [60, 30],
} as const satisfies Record<string, readonly [number, number]>;

/** The score of {@link Quality}: its weakest measure. */
export function qualityScore(
  measured: Pick<Quality, 'faceWidthPx' | 'sharpness' | 'brightness' | 'yawDeg'>,
): number {
  return Math.min(
    ramp(measured.faceWidthPx, QUALITY_RAMPS.faceWidthPx),
    ramp(measured.sharpness, QUALITY_RAMPS.sharpness),
    ramp(measured.brightness, QUALITY_RAMPS.darkness),
    ramp(measured.brightness, QUALITY_RAMPS.glare),
    ramp(Math.abs(measured.yawDeg), QUALITY_RAMPS.yawDeg),
  );
}

function ramp(value: number, [useless, good]: readonly [number, number]): number {
  return Math.min(1, Math.max(0, (value - useless) / (good - useless)));
}

/** Mean brightness of the middle of an aligned face (background and hair left out), 0..255. */
export function measureBrightness(aligned: Picture): number {
  const grey = greyMiddle(aligned);
  return grey.data.reduce((sum, value) => sum + value, 0) / grey.data.length;
}

/**
 * Sharpness of an aligned face: mean square of the Laplacian over the variance, both of its middle. A ratio, so
 * that neither light nor contrast changes it; on the aligned face, so that a small face counts as blurred as it
 * will be to the embedding. A face in focus has 0.1 to 0.5.
 */
export function measureSharpness(aligned: Picture): number {
  const { data, side } = greyMiddle(aligned);
  let energy = 0;
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      const i = y * side + x;
      const here = data[i] as number;
      const around =
        (data[i - 1] as number) +
        (data[i + 1] as number) +
        (data[i - side] as number) +
        (data[i + side] as number);
      energy += (4 * here - around) ** 2;
      sum += here;
      squares += here * here;
    }
  }
  const count = (side - 2) ** 2;
  const variance = squares / count - (sum / count) ** 2;
  // A flat patch has no detail to be sharp: the floor is the noise of an 8-bit camera.
  return energy / count / Math.max(variance, 25);
}

/** Side and offset of the part of an aligned face (112 px) that shows eyes, nose and mouth only. */
const MIDDLE = { side: 64, x: 24, y: 40 } as const;

function greyMiddle(aligned: Picture): { data: Float32Array; side: number } {
  const { side, x, y } = MIDDLE;
  const data = new Float32Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      data[row * side + column] = luma(aligned.data, ((y + row) * aligned.width + x + column) * 3);
    }
  }
  return { data, side };
}

/**
 * How far a head is turned to a side, from how far the nose's tip lies off the middle of the eyes, in eye
 * distances. The tip stands out by about half an eye distance, so the angle is atan(2 × offset); within 10° of the
 * pose model on the sample pictures.
 */
export function yawFromPoints([left, right, nose]: FivePoints): number {
  const dx = right.x - left.x;
  const dy = right.y - left.y;
  const square = dx * dx + dy * dy;
  if (square === 0) return 90;
  const offset =
    ((nose.x - (left.x + right.x) / 2) * dx + (nose.y - (left.y + right.y) / 2) * dy) / square;
  return (-Math.atan(2 * offset) * 180) / Math.PI;
}

/** Everything but the eyes and the pose, which take a model. */
export function measureQuality(
  box: Box,
  points: FivePoints,
  aligned: Picture,
): Omit<Quality, 'eyesOpen'> {
  const measured = {
    faceWidthPx: box.width,
    sharpness: measureSharpness(aligned),
    brightness: measureBrightness(aligned),
    yawDeg: yawFromPoints(points),
  };
  return { ...measured, score: qualityScore(measured) };
}
