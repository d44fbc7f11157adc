import {
  atRest,
  type ChallengeAct,
  challengeAct,
  judgeAct,
  type MeasuredFace,
} from '@latchkey/contracts';
import { decodePicture, type FaceAnalyser, fivePoints, yawFromPoints } from '@latchkey/vision';
import {
  ATTACK_KINDS,
  ATTACK_SCALES,
  type AttackKind,
  attackFrame,
  attackFrames,
  doorFrame,
  type Presentation,
  samplePeople,
  seenAgain,
} from '@latchkey/vision/samples';
import { progress } from './evaluate-input.js';
import { LOOKS } from './figures/attempt.pure.js';
import type { JudgedPresentation } from './figures/presentations.pure.js';

/** What the presentations are, and what figures of them are worth. */
export const PRESENTATION_SET =
  'the 22 faces of npm @vladmandic/face-api 1.7.15 (MIT), each rendered as a print, on a phone with its edge in view, on a screen that fills the picture and on a fine one, without moiré, at three scales, 66 presentations of a kind: no real paper, panel or hand, and those of one face are not independent, so the intervals (Wilson, 95 %) are narrower than the truth';

/** How near the living stand, as factors of their sample's distance. */
const LIVE_SCALES = [0.95, 1, 1.06] as const;

/**
 * Attacks rendered from the sample pictures, and the living: of each the liveness of five frames, as a door looks at it, and
 * which acts it shows when it is moved for them as well as a hand can. The living are stills here and are asked for no act.
 */
export async function measurePresentations(
  analyser: FaceAnalyser,
  options: { readonly people?: number } = {},
): Promise<JudgedPresentation[]> {
  const people = samplePeople().slice(0, options.people);
  const judged: JudgedPresentation[] = [];
  for (const kind of ATTACK_KINDS) judged.push(...(await measureAttacks(analyser, kind, people)));
  return [...judged, ...(await measureLiving(analyser, people))];
}

type People = ReturnType<typeof samplePeople>;

async function measureAttacks(
  analyser: FaceAnalyser,
  kind: AttackKind,
  people: People,
): Promise<JudgedPresentation[]> {
  const step = progress(kind, people.length * ATTACK_SCALES[kind].length);
  const judged: JudgedPresentation[] = [];
  for (const [at, person] of people.entries()) {
    for (const wide of ATTACK_SCALES[kind]) {
      const presentation = { kind, person, wide };
      const lives = await livesOf(analyser, await attackFrames(presentation, LOOKS, at + 1));
      const acts: ChallengeAct[] = [];
      for (const act of challengeAct.options)
        if (await showsAct(analyser, presentation, act)) acts.push(act);
      judged.push({ kind, person: person.id, scale: wide, lives, acts });
      step();
    }
  }
  return judged;
}

/** All sample faces are of living people, those whom the model refuses as well. */
async function measureLiving(
  analyser: FaceAnalyser,
  people: People,
): Promise<JudgedPresentation[]> {
  const step = progress('live', people.length * LIVE_SCALES.length);
  const judged: JudgedPresentation[] = [];
  for (const person of people) {
    for (const nearer of LIVE_SCALES) {
      const frame = await doorFrame(person, { nearer });
      const frames = await Promise.all(
        Array.from({ length: LOOKS }, (_, seed) => seenAgain(frame, seed + 1)),
      );
      const lives = await livesOf(analyser, frames);
      judged.push({ kind: 'live', person: person.id, scale: nearer, lives, acts: [] });
      step();
    }
  }
  return judged;
}

/** Whether the picture, moved to feign the act, shows it: turned about its upright axis as far as 60°, or shaken for a blink. */
async function showsAct(
  analyser: FaceAnalyser,
  presentation: Presentation,
  act: ChallengeAct,
): Promise<boolean> {
  const way = { 'turn-left': 1, 'turn-right': -1, blink: 0 }[act];
  const shake = act === 'blink' ? 20 : 0;
  const measured: MeasuredFace[] = [];
  for (const [at, part] of [0, 0.6, 1, 1, 0].entries()) {
    const held = { turnDeg: 60 * way * part, tiltDeg: shake * Math.sin(at * 2) };
    const face = await measure(analyser, await attackFrame(presentation, held, at + 1));
    if (face) measured.push(face);
  }
  return judgeAct(act, measured, atRest(measured.slice(0, 1))) === 'done';
}

async function measure(
  analyser: FaceAnalyser,
  frame: Uint8Array,
): Promise<MeasuredFace | undefined> {
  const picture = await decodePicture(frame);
  const [largest] = await analyser.detect(picture);
  if (!largest) return undefined;
  const landmarks = await analyser.landmarks(picture, largest.box);
  const eyesOpen = await analyser.eyesOpen(picture, landmarks);
  const aspect = largest.box.width / largest.box.height;
  return { eyesOpen, yawDeg: yawFromPoints(fivePoints(landmarks)), aspect };
}

/** The liveness of each frame's largest face; a frame without a face passes nobody. */
async function livesOf(analyser: FaceAnalyser, frames: readonly Uint8Array[]): Promise<number[]> {
  const lives: number[] = [];
  for (const frame of frames) {
    const picture = await decodePicture(frame);
    const [largest] = await analyser.detect(picture);
    lives.push(largest ? await analyser.liveness(picture, largest.box) : 0);
  }
  return lives;
}
