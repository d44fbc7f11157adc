import { z } from 'zod';

/** What a door may ask of whoever stands there, since a picture cannot do it when asked. */
export const challengeAct = z.enum(['blink', 'turn-left', 'turn-right']);
export type ChallengeAct = z.infer<typeof challengeAct>;

/** What a frame's nearest face did, as `facesObserved` tells it. */
export interface MeasuredFace {
  /** 0..1: the more open of the two eyes. */
  readonly eyesOpen: number;
  /** To which side the head is turned, in degrees; positive: to the person's right. */
  readonly yawDeg: number;
  /** The width of its box, as a share of its height. */
  readonly aspect: number;
}

/** How the face was while nothing was asked of it. */
export type FaceAtRest = Omit<MeasuredFace, 'eyesOpen'>;

/** When a face counts as doing something; figures in docs/decisions/024. */
export const actLimits = {
  /** Below it both eyes are shut, at or above the other they are open: `fr_eye` answers near 0 or near 1. */
  shut: 0.2,
  open: 0.7,
  /** How far from where it looked before a head must turn. */
  turnDeg: 20,
  /** So many frames must show the turn: one may be the landmarks' error. */
  turnFrames: 2,
  /** How far a blinking head may turn: eyes that are seen from the side look shut. */
  blinkTurnDeg: 15,
  /** By how much the box may change its shape: a head that turns stays as wide, a sheet that is turned gets narrow. */
  aspectChange: 0.25,
} as const;

/**
 * Whether the faces, in the order of capture, show the act that was asked for, or the wrong one: a turn that wasn't
 * asked for is wrong, for footage that does a bit of everything must not pass; a blink is not, for everybody blinks.
 */
export function judgeAct(
  asked: ChallengeAct,
  faces: readonly MeasuredFace[],
  rest: FaceAtRest,
): 'done' | 'wrong' | 'waiting' {
  const solid = faces.filter(
    ({ aspect }) => Math.abs(aspect / rest.aspect - 1) <= actLimits.aspectChange,
  );
  const turnOf = ({ yawDeg }: MeasuredFace) => yawDeg - rest.yawDeg;
  const left = turnedAt(solid, (face) => turnOf(face) <= -actLimits.turnDeg);
  const right = turnedAt(solid, (face) => turnOf(face) >= actLimits.turnDeg);
  const blink = blinkedAt(solid, (face) => Math.abs(turnOf(face)) <= actLimits.blinkTurnDeg);
  const done = { blink, 'turn-left': left, 'turn-right': right }[asked];
  const wrong = Math.min(
    asked === 'turn-left' ? Infinity : left,
    asked === 'turn-right' ? Infinity : right,
  );
  if (wrong < done) return 'wrong';
  return done === Infinity ? 'waiting' : 'done';
}

/** The middle of what was measured while nothing was asked; looking straight ahead where nothing was. */
export function atRest(faces: readonly FaceAtRest[]): FaceAtRest {
  return {
    yawDeg: middle(faces.map(({ yawDeg }) => yawDeg)) ?? 0,
    aspect: middle(faces.map(({ aspect }) => aspect)) ?? 1,
  };
}

/** Of an even count the lower of the two. */
function middle(values: readonly number[]): number | undefined {
  return values.toSorted((one, other) => one - other)[(values.length - 1) >> 1];
}

type Fits = (face: MeasuredFace) => boolean;

/** Which face completes a turn; Infinity: none. */
function turnedAt(faces: readonly MeasuredFace[], isTurned: Fits): number {
  const turned = faces.flatMap((face, at) => (isTurned(face) ? [at] : []));
  return turned[actLimits.turnFrames - 1] ?? Infinity;
}

/** Which face completes a blink: eyes open, then shut, then open; Infinity: none. */
function blinkedAt(faces: readonly MeasuredFace[], isAhead: Fits): number {
  const isOpen: Fits = (face) => face.eyesOpen >= actLimits.open && isAhead(face);
  const isShut: Fits = (face) => face.eyesOpen < actLimits.shut && isAhead(face);
  const first = faces.findIndex(isOpen);
  const shut = faces.findIndex((face, at) => at > first && isShut(face));
  const again = faces.findIndex((face, at) => at > shut && isOpen(face));
  return first < 0 || shut < 0 || again < 0 ? Infinity : again;
}
