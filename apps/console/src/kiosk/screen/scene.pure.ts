import type { ChallengeAct, DenialReason, DoorDisplay } from '@latchkey/contracts';
import type { LinkEnd } from '../link/link-end.pure.js';
import type { CameraState } from '../sight/camera.js';
import type { PictureHint } from '../sight/hint-keeper.pure.js';
import { clockTime, fill, fillCount, type Messages } from '../words.pure.js';
import type { Wait } from './wait.pure.js';

/** All that the screen shows follows from this. */
export interface KioskState {
  readonly link: 'starting' | 'open' | LinkEnd;
  readonly camera: CameraState;
  /** The door's service lacks its broker. */
  readonly isBrokerAway: boolean;
  /** The camera is on, and the door tells of nothing that it saw: no frame comes of its picture, or nobody looks at them. */
  readonly isUnseen: boolean;
  readonly display: DoorDisplay | null;
  /** The wait for a code that the display tells of, or that goes on behind it. */
  readonly wait: Wait | null;
  readonly pictureHint: PictureHint | null;
}

export const firstState: KioskState = {
  link: 'starting',
  camera: 'asking',
  isBrokerAway: false,
  isUnseen: false,
  display: null,
  wait: null,
  pictureHint: null,
};

/** What is shown, in words. */
export interface Scene {
  /** Each tone has its own colour and its own sign. */
  readonly tone: 'calm' | 'ask' | 'good' | 'bad' | 'trouble';
  readonly sentence: string;
  /** Why, in a few words: a verdict's reason, which stands below it; null where the sentence says all. */
  readonly reason: string | null;
  /** How many wrong codes may still be shown, for as long as the door says so. */
  readonly remaining: string | null;
  readonly advice: string;
  /** The wait for the code, while it is one that the person can end. */
  readonly wait: Wait | null;
  /** Nobody stands there: an outline invites somebody to. */
  readonly invites: boolean;
  /** A code is awaited: its frame is drawn, and one may cancel or ask for a new one. */
  readonly asksForCode: boolean;
  /** One was mailed in this attempt, or shortly before: it cannot be asked for again. */
  readonly isNewCodeSent: boolean;
  /** What it does to ask for a new code, while nothing else is to be read, or what has become of it. */
  readonly ofNewCode: string | null;
  /** What a person may press to mend a trouble. */
  readonly remedy: 'retry' | 'use-here' | null;
}

type Trouble = keyof Messages['trouble'];

/** Nothing is wrong: it takes a moment. */
const PASSING: readonly Trouble[] = ['starting', 'being-set-up'];

const remedies: Partial<Record<Trouble, Scene['remedy']>> = {
  replaced: 'use-here',
  'camera-refused': 'retry',
  'camera-busy': 'retry',
  'camera-missing': 'retry',
  service: 'retry',
};

const tones: Partial<Record<DoorDisplay['phase'], Scene['tone']>> = {
  'awaiting-code': 'ask',
  'checking-code': 'ask',
  granted: 'good',
  denied: 'bad',
  expired: 'bad',
  'out-of-service': 'trouble',
};

/** Phases in which a hint is what matters most; in the others the outcome is. */
const HINTED: readonly DoorDisplay['phase'][] = ['idle', 'identifying', 'awaiting-code'];

/** What a face is asked to do. */
const ACTS: ReadonlySet<string> = new Set<ChallengeAct>(['blink', 'turn-left', 'turn-right']);

/** What to show in this state: what is in the way first, else what the door says. */
export function sceneOf(state: KioskState, words: Messages, language: string): Scene {
  const trouble = troubleOf(state);
  if (trouble) {
    return {
      tone: PASSING.includes(trouble) ? 'calm' : 'trouble',
      sentence: words.trouble[trouble],
      reason: null,
      remaining: null,
      advice: words.troubleAdvice[trouble],
      wait: null,
      invites: false,
      asksForCode: false,
      isNewCodeSent: false,
      ofNewCode: null,
      remedy: remedies[trouble] ?? null,
    };
  }
  return doorScene(state, words, language);
}

function troubleOf(state: KioskState): Trouble | null {
  const { link, camera, isBrokerAway, isUnseen } = state;
  if (link === 'replaced') return link;
  if (camera !== 'live') return `camera-${camera}`;
  if (link === 'revoked') return 'service';
  if (link !== 'open') return link;
  if (isBrokerAway) return 'broker';
  return isUnseen ? 'unseen' : null;
}

function doorScene(state: KioskState, words: Messages, language: string): Scene {
  const { display, wait, pictureHint } = state;
  const phase = display?.phase ?? 'idle';
  const asksForCode = phase === 'awaiting-code';
  const isNewCodeSent = display?.newCodeSent ?? false;
  const isFirst = asksForCode && display?.hint === null;
  return {
    tone: tones[phase] ?? 'calm',
    sentence: sentenceOf(display, words),
    reason: phase === 'denied' && display?.reason ? words.reason[display.reason] : null,
    remaining: remainingOf(display, words, language),
    advice: adviceOf(display, asksForCode ? pictureHint : null, words, language),
    wait: asksForCode ? wait : null,
    invites: phase === 'idle',
    asksForCode,
    isNewCodeSent,
    ofNewCode: isNewCodeSent ? words.newCode.sent : isFirst ? words.newCode.offered : null,
    remedy: null,
  };
}

function sentenceOf(display: DoorDisplay | null, words: Messages): string {
  if (!display) return words.phase.idle;
  const { phase, hint, name } = display;
  if (hint && HINTED.includes(phase)) return words.hint[hint];
  if (phase === 'awaiting-code' && name !== null) return fill(words.welcome, { name });
  // A phase that came after this page was built has no words here.
  return words.phase[phase] ?? display.sentence;
}

function adviceOf(
  display: DoorDisplay | null,
  pictureHint: PictureHint | null,
  words: Messages,
  language: string,
): string {
  if (!display) return words.advice.idle;
  const { phase, reason, hint } = display;
  if (phase === 'denied' && reason) return denialAdviceOf(display, reason, words, language);
  if (phase === 'expired' && hint) return words.hint[hint];
  if (pictureHint) return words.picture[pictureHint];
  if (phase === 'identifying' && hint && ACTS.has(hint)) return words.actAdvice;
  if (phase === 'awaiting-code' && hint) return words.hold;
  return words.advice[phase] ?? '';
}

function denialAdviceOf(
  { lockedUntil }: DoorDisplay,
  reason: DenialReason,
  words: Messages,
  language: string,
): string {
  if (lockedUntil === null) return words.reasonAdvice[reason];
  return fill(words.lockedAdvice, { time: clockTime(lockedUntil, language) });
}

function remainingOf(
  display: DoorDisplay | null,
  words: Messages,
  language: string,
): string | null {
  const { remaining = null } = display ?? {};
  return remaining === null ? null : fillCount(words.remaining, remaining, language);
}

export type Sound = 'ask' | 'good' | 'bad' | 'wrong';

/** What is heard when a display follows another; null: nothing. */
export function soundOf(before: DoorDisplay | null, after: DoorDisplay | null): Sound | null {
  if (!after) return null;
  const isNew = before?.phase !== after.phase;
  if (isNew && after.phase === 'granted') return 'good';
  if (isNew && (after.phase === 'denied' || after.phase === 'expired')) return 'bad';
  if (after.phase !== 'awaiting-code') return null;
  const isWrong = after.hint === 'wrong-code' || after.hint === 'not-our-code';
  if (isWrong && (before?.hint !== after.hint || before.remaining !== after.remaining)) {
    return 'wrong';
  }
  return before?.attempt === after.attempt && before?.phase !== 'identifying' ? null : 'ask';
}
