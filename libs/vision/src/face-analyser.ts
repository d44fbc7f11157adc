import { ALIGNED_SIZE, alignFace, EMBED_LAYOUT } from './align.pure.js';
import { type Embedding, normalise } from './compare.pure.js';
import { decodePicture } from './decode-picture.js';
import { DETECT_LAYOUT, type Detection, letterbox, readDetections } from './detect.pure.js';
import { EYE_LAYOUT, eyeCrop } from './eyes.pure.js';
import {
  fivePoints,
  LANDMARK_LAYOUT,
  type Landmarks,
  landmarkBox,
  landmarkCrop,
  placeLandmarks,
} from './landmarks.pure.js';
import { LIVENESS_LAYOUT, livenessCrop, readLiveness, softmax } from './liveness.pure.js';
import type { ModelPack } from './model-pack.js';
import { measureMoire, withoutMoire } from './moire.pure.js';
import type { Box, Picture } from './picture.js';
import { writePlanes } from './planes.pure.js';
import { binnedAngle, POSE_LAYOUT, type Pose, poseCrop } from './pose.pure.js';
import { measureQuality, type Quality } from './quality.pure.js';
import { VisionError } from './vision-error.js';

/** Everything that is known of one face in a picture. */
export interface Face extends Detection {
  /** 68 points as x, y, x, y, … in pixels of the picture. */
  readonly landmarks: Landmarks;
  readonly quality: Quality;
  /** 0..1: at or above `LIVE_THRESHOLD` a living person, below it a picture or a screen; a screen's moiré counts against it. */
  readonly liveness: number;
  /** 512 numbers of length 1. */
  readonly embedding: Embedding;
}

/** Milliseconds that the steps took, summed over the faces. */
export interface StepTimings {
  decodeMs: number;
  detectMs: number;
  landmarksMs: number;
  alignMs: number;
  qualityMs: number;
  livenessMs: number;
  embedMs: number;
  totalMs: number;
}

export interface Analysis {
  readonly width: number;
  readonly height: number;
  /** The faces that were looked at closely, the largest first. */
  readonly faces: readonly Face[];
  /** Smaller faces beyond those asked for: their boxes only. */
  readonly further: readonly Detection[];
  readonly timings: Readonly<StepTimings>;
}

export interface AnalyseOptions {
  /** How many faces to look at closely, the largest first. Default 2: the person at the door, and one too many. */
  readonly maxFaces?: number;
  /** Also run the pose model, for `quality.pose`: for enrolment, too slow for each frame. Default false. */
  readonly pose?: boolean;
}

/** A frame's way through the models, as a whole or a step at a time. Calls may overlap: they take turns. */
export interface FaceAnalyser {
  /** @see ModelPack.id */
  readonly packId: string;
  /** @throws VisionError LK-VISION-001 or LK-VISION-002 if the bytes are no picture or too large a one */
  analyse(picture: Uint8Array | Picture, options?: AnalyseOptions): Promise<Analysis>;
  /** Faces of the picture, the largest first. */
  detect(picture: Picture): Promise<Detection[]>;
  /** The 68 points of the face in the box. */
  landmarks(picture: Picture, box: Box): Promise<Landmarks>;
  /** @param aligned a face of 112 × 112 px, as `alignFace` gives it; else VisionError LK-VISION-006 */
  embed(aligned: Picture): Promise<Embedding>;
  /** 0..1: what the model says, less what moiré on the face says against it. */
  liveness(picture: Picture, box: Box): Promise<number>;
  /** 0..1: the more open of the two eyes. */
  eyesOpen(picture: Picture, landmarks: Landmarks): Promise<number>;
  pose(picture: Picture, box: Box): Promise<Pose>;
}

/** The pipeline on loaded models; holds no state of its own. */
export function createFaceAnalyser({ id, models }: ModelPack): FaceAnalyser {
  const steps = {
    async detect(picture: Picture) {
      const input = letterbox(picture);
      const out = await models.detect.run((into) => writePlanes(input, DETECT_LAYOUT, into));
      return readDetections(output(out, 'scores'), output(out, 'boxes'), picture);
    },
    async landmarks(picture: Picture, box: Box) {
      const inside = landmarkBox(box, picture);
      const crop = landmarkCrop(picture, inside);
      const out = await models.landmarks.run((into) => writePlanes(crop, LANDMARK_LAYOUT, into));
      return placeLandmarks(output(out, 'output'), inside);
    },
    async embed(aligned: Picture) {
      if (aligned.width !== ALIGNED_SIZE || aligned.height !== ALIGNED_SIZE) {
        throw new VisionError(
          'LK-VISION-006',
          `an aligned face is 112×112 px, got ${aligned.width}×${aligned.height}`,
        );
      }
      const out = await models.embed.run((into) => writePlanes(aligned, EMBED_LAYOUT, into));
      return normalise(output(out, 'output'));
    },
    async liveness(picture: Picture, box: Box) {
      const crop = livenessCrop(picture, box);
      const out = await models.liveness.run((into) => writePlanes(crop, LIVENESS_LAYOUT, into));
      return withoutMoire(readLiveness(output(out, 'output')), measureMoire(picture, box));
    },
    async eyesOpen(picture: Picture, landmarks: Landmarks) {
      let open = 0;
      for (const eye of ['left', 'right'] as const) {
        const crop = eyeCrop(picture, landmarks, eye);
        const out = await models.eyes.run((into) => writePlanes(crop, EYE_LAYOUT, into));
        // The model's first class is "shut".
        open = Math.max(open, softmax(output(out, 'output'))[1] ?? 0);
      }
      return open;
    },
    async pose(picture: Picture, box: Box) {
      const crop = poseCrop(picture, box);
      const out = await models.pose.run((into) => writePlanes(crop, POSE_LAYOUT, into));
      return {
        yawDeg: binnedAngle(output(out, 'output')),
        pitchDeg: binnedAngle(output(out, '617')),
        rollDeg: binnedAngle(output(out, '618')),
      };
    },
  };
  return { packId: id, ...steps, analyse: (picture, options) => analyse(steps, picture, options) };
}

type Steps = Omit<FaceAnalyser, 'analyse' | 'packId'>;

async function analyse(
  steps: Steps,
  given: Uint8Array | Picture,
  { maxFaces = 2, pose = false }: AnalyseOptions = {},
): Promise<Analysis> {
  const timings = noTimings();
  const startedMs = performance.now();
  const picture =
    given instanceof Uint8Array
      ? await timed(timings, 'decodeMs', () => decodePicture(given))
      : given;
  const found = await timed(timings, 'detectMs', () => steps.detect(picture));
  const faces: Face[] = [];
  for (const detection of found.slice(0, maxFaces))
    faces.push(await look(steps, picture, detection, pose, timings));
  timings.totalMs = performance.now() - startedMs;
  return {
    width: picture.width,
    height: picture.height,
    faces,
    further: found.slice(maxFaces),
    timings,
  };
}

async function look(
  steps: Steps,
  picture: Picture,
  { box, detectorScore }: Detection,
  withPose: boolean,
  timings: StepTimings,
): Promise<Face> {
  const landmarks = await timed(timings, 'landmarksMs', () => steps.landmarks(picture, box));
  const points = fivePoints(landmarks);
  const aligned = await timed(timings, 'alignMs', async () => alignFace(picture, points));
  const quality = await timed(timings, 'qualityMs', async () => ({
    ...measureQuality(box, points, aligned),
    eyesOpen: await steps.eyesOpen(picture, landmarks),
    ...(withPose ? { pose: await steps.pose(picture, box) } : {}),
  }));
  const liveness = await timed(timings, 'livenessMs', () => steps.liveness(picture, box));
  const embedding = await timed(timings, 'embedMs', () => steps.embed(aligned));
  return { box, detectorScore, landmarks, quality, liveness, embedding };
}

function output(outputs: Record<string, Float32Array>, name: string): Float32Array {
  const found = outputs[name];
  if (!found) throw new VisionError('LK-VISION-005', `no output "${name}"`);
  return found;
}

function noTimings(): StepTimings {
  return {
    decodeMs: 0,
    detectMs: 0,
    landmarksMs: 0,
    alignMs: 0,
    qualityMs: 0,
    livenessMs: 0,
    embedMs: 0,
    totalMs: 0,
  };
}

async function timed<T>(
  timings: StepTimings,
  step: keyof StepTimings,
  work: () => Promise<T>,
): Promise<T> {
  const startedMs = performance.now();
  const result = await work();
  timings[step] += performance.now() - startedMs;
  return result;
}
