import type { Analysis, Face } from './face-analyser.js';
import { LIVE_THRESHOLD } from './liveness.pure.js';
import type { Box } from './picture.js';

/** Why a sample is not good enough to enrol with. */
export const SAMPLE_FAULTS = [
  'no-face',
  'two-faces',
  'too-small',
  'turned-away',
  'too-dark',
  'too-bright',
  'blurred',
  'eyes-shut',
  'not-live',
] as const;

export type SampleFault = (typeof SAMPLE_FAULTS)[number];

export type SampleVerdict = 'good' | SampleFault;

/** What a sample must reach. Set where the sample pictures and their blurred, darkened and turned copies part. */
export const SAMPLE_LIMITS = {
  minFaceWidthPx: 80,
  /** A second face this large, as a share of the first one's width, makes it two people. */
  secondFaceShare: 0.4,
  maxYawDeg: 40,
  maxPitchDeg: 35,
  minBrightness: 35,
  maxBrightness: 235,
  minSharpness: 0.05,
  minEyesOpen: 0.5,
  minLiveness: LIVE_THRESHOLD,
} as const;

type SeenFace = Pick<Face, 'box' | 'quality' | 'liveness'>;
type SeenSample = {
  readonly faces: readonly SeenFace[];
  readonly further: readonly { readonly box: Box }[];
};

/**
 * Judges a sample for enrolment: `good`, or its first fault in the order of {@link SAMPLE_FAULTS} (what a person
 * can mend first comes first). The analysis must have been made with `pose: true`, else only the landmarks tell
 * how far the head is turned.
 */
export function judgeSample(sample: SeenSample | Analysis): SampleVerdict {
  const [face] = sample.faces;
  if (!face) return 'no-face';
  const others = [...sample.faces.slice(1), ...sample.further];
  if (others.some(({ box }) => box.width >= face.box.width * SAMPLE_LIMITS.secondFaceShare))
    return 'two-faces';
  return FAULTS.find(([, applies]) => applies(face))?.[0] ?? 'good';
}

const FAULTS: readonly (readonly [SampleFault, (face: SeenFace) => boolean])[] = [
  ['too-small', ({ quality }) => quality.faceWidthPx < SAMPLE_LIMITS.minFaceWidthPx],
  ['turned-away', isTurned],
  ['too-dark', ({ quality }) => quality.brightness < SAMPLE_LIMITS.minBrightness],
  ['too-bright', ({ quality }) => quality.brightness > SAMPLE_LIMITS.maxBrightness],
  ['blurred', ({ quality }) => quality.sharpness < SAMPLE_LIMITS.minSharpness],
  ['eyes-shut', ({ quality }) => quality.eyesOpen < SAMPLE_LIMITS.minEyesOpen],
  ['not-live', ({ liveness }) => liveness < SAMPLE_LIMITS.minLiveness],
];

function isTurned({ quality }: SeenFace): boolean {
  const { pose } = quality;
  if (!pose) return Math.abs(quality.yawDeg) > SAMPLE_LIMITS.maxYawDeg;
  return (
    Math.abs(pose.yawDeg) > SAMPLE_LIMITS.maxYawDeg ||
    Math.abs(pose.pitchDeg) > SAMPLE_LIMITS.maxPitchDeg
  );
}
