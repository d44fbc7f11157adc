import type { Case, WishAnswered } from './case.types.js';
import { limits } from './limits.js';
import { clearOf } from './outcomes.pure.js';
import { actOf, isInjected, mustAct } from './presence.pure.js';
import type { Input, StateOf } from './saga.types.js';
import { ownCodes } from './showings.pure.js';
import { codeToCheck } from './steps.pure.js';
import { agree, identified, lastFrames } from './votes.pure.js';

type Identifying = Case<'identifying', 'faces'>;
type Challenged = Case<'challenged', 'faces'>;
type Awaiting<O extends Input['on']> = Case<'awaiting-code', O>;
type Checking<O extends Input['on']> = Case<'checking-code', O>;

export function always(): boolean {
  return true;
}

export function isSomeone({ input }: Case<'idle', 'faces'>): boolean {
  return input.seen.faces[0]?.usable === true;
}

/** At a door that wants a live face. */
export function isReplayed({ state }: Identifying | Challenged | Awaiting<'faces'>): boolean {
  return isInjected(state);
}

export function isToAct({ state, rules }: Identifying): boolean {
  return !state.crowd.now && mustAct(state.looks, rules);
}

export function isAct(how: 'done' | 'wrong') {
  return ({ state }: Challenged) => !state.crowd.now && actOf(state) === how;
}

export function isNotLive({ state }: Identifying | Challenged): boolean {
  return !state.crowd.now && agree(lastFrames(state.looks), (look) => look.says === 'not-live');
}

/** A denial waits a little for its first picture. */
export function isUnknown({ state, input }: Identifying): boolean {
  const hasPicture =
    state.snapshot !== null ||
    input.seen.capturedAt >= state.attempt.startedAt + limits.pictureWaitMs;
  const frames = lastFrames(state.looks);
  return !state.crowd.now && hasPicture && agree(frames, (look) => look.says === 'unknown');
}

export function isIdentified({ state }: Identifying): boolean {
  return !state.crowd.now && identified(lastFrames(state.looks)) !== null;
}

export function isOver(c: {
  readonly now: number;
  readonly state: { readonly deadline: number };
}): boolean {
  return c.now >= c.state.deadline;
}

export function leftAt(state: StateOf<'awaiting-code'>): number {
  // One step more, for presence is only written down once a step.
  return state.presentAt + limits.presenceStepMs + limits.leftMs;
}

export function isLeft(c: Awaiting<'due'>): boolean {
  return c.now >= leftAt(c.state);
}

/** Whether the camera has told of the face in the held code's frame, or in a later one. */
export function isJudged({ state, input }: Awaiting<'codes'> | Awaiting<'faces'>): boolean {
  const { held, looks } = state;
  const told = input.on === 'faces' ? input.seen.capturedAt : (looks.at(-1)?.at ?? 0);
  return held !== null && told >= held.capturedAt;
}

export function isCode(c: Awaiting<'codes'> | Awaiting<'faces'>): boolean {
  return isJudged(c) && codeToCheck(c) !== null;
}

export function isForeignCode({ state, input }: Awaiting<'codes'>): boolean {
  const { codes } = input.seen;
  return state.hint === null && codes.length > 0 && ownCodes(input.seen).length === 0;
}

/** A code that opened this door, or was wrong there, and is still held up. */
export function isSpentCode({ state, showings, input }: Awaiting<'codes'>): boolean {
  const isSpent = (tag: string) =>
    showings.some((known) => known.tag === tag && known.stage === 'spent');
  return state.hint === null && ownCodes(input.seen).some((code) => isSpent(code.tag));
}

/** Someone whom the gallery knows and who is none of the candidates. A face that isn't recognised is nobody else's yet. */
export function isOther({ state }: Awaiting<'faces'> | Challenged): boolean {
  const meant = new Set(state.candidates.map((one) => one.person));
  const after = state.kind === 'challenged' ? state.askedAt : state.identifiedAt;
  const frames = lastFrames(state.looks, after);
  const isElse = (people: readonly { person: string }[]) =>
    people.every((one) => !meant.has(one.person));
  return (
    !state.crowd.now && agree(frames, (look) => look.says === 'known' && isElse(look.candidates))
  );
}

export function mayAskNewCode({ state }: Awaiting<'new-code'>): boolean {
  return state.newCode === 'none' && clearOf(state) !== null;
}

export function isThisAttempt(c: WishAnswered): boolean {
  return c.input.attempt === c.state.attempt.id && c.state.newCode === 'asked';
}

/** A frame is of one check only; an answer may come to another where its replica was frozen meanwhile. */
export function isThisCheck({
  state,
  input,
}: Checking<'code-checked'> | Checking<'no-answer'>): boolean {
  return input.frame === state.check.frame;
}

/** That it's in time needs no look here: what is due, so the end of the check too, has happened before. */
export function isGranted(c: Checking<'code-checked'>): boolean {
  return isThisCheck(c) && c.input.answer.outcome === 'granted';
}

export function isTooLate(c: Checking<'code-checked'>): boolean {
  return isThisCheck(c) && c.input.answer.outcome === 'too-late';
}

export function isAnswer(
  outcome: 'wrong' | 'mismatch' | 'suspended' | 'locked' | 'expired' | 'wait',
  fits: (c: Checking<'code-checked'>) => boolean = always,
) {
  return (c: Checking<'code-checked'>) =>
    isThisCheck(c) && c.input.answer.outcome === outcome && fits(c);
}

export function hasMore(c: Checking<'code-checked'>): boolean {
  return c.input.answer.remaining > 0;
}

export function isUnanswered(c: Checking<'due'>): boolean {
  return c.now >= c.state.check.notAfter;
}

export function isUsedAfterAll({ state, input }: Case<'settled', 'code-checked'>): boolean {
  const isUsed = input.answer.used || input.answer.outcome === 'granted';
  return input.attempt === state.attempt.id && state.phase === 'expired' && isUsed;
}
