import { accessCodeRefused, accessIdentified, accessStarted } from '@latchkey/contracts';
import type { Case, Next, WishAnswered } from './case.types.js';
import { of, publish, useCode } from './effects.pure.js';
import { limits } from './limits.js';
import { watch } from './note.pure.js';
import { clearOf } from './outcomes.pure.js';
import type { Check, SagaState, StateOf } from './saga.types.js';
import { counted } from './showings.pure.js';
import { identified, lastFrames, standingThere } from './votes.pure.js';

type AwaitingCode = Pick<Case<'awaiting-code', 'codes' | 'faces'>, 'state' | 'now'>;

/** A new attempt begins with the frame that shows someone. */
export function start(c: Case<'idle', 'faces'>): Next {
  const { seen, freshAttempt } = c.input;
  const attempt = { id: freshAttempt, camera: seen.camera, startedAt: seen.capturedAt };
  const blank: StateOf<'identifying'> = {
    kind: 'identifying',
    attempt,
    deadline: c.now + limits.identifyMs,
    looks: [],
    presentAt: seen.capturedAt,
    crowd: { at: seen.capturedAt - 1, now: false },
    snapshot: null,
  };
  const started = publish({ ...c, attempt }, accessStarted, 'started', {});
  return { state: watch(blank, seen, c.rules), effects: [started] };
}

/** The face is known: the door asks for the code. */
export function askForCode(c: Case<'identifying', 'faces'>): Next {
  const who = identified(lastFrames(c.state.looks));
  if (who === null) return { state: c.state, effects: [] };
  const deadline = c.now + c.rules.codeWaitS * 1_000;
  const newest = c.state.looks.at(-1)?.at ?? c.now;
  const state: SagaState = {
    ...c.state,
    ...who,
    kind: 'awaiting-code',
    deadline,
    identifiedAt: newest,
    showings: [],
    held: null,
    hint: null,
    remaining: null,
    refusals: 0,
    newCode: 'none',
  };
  const facts = { ...who, deadline };
  return { state, effects: [publish(of(c), accessIdentified, 'identified', facts)] };
}

/** The code that waited for its frame's face, with the candidates who stand there; null: none counts. */
export function codeToCheck({ state, now }: AwaitingCode): Check | null {
  const { held, crowd } = state;
  if (held === null || crowd.now) return null;
  const { frame, capturedAt, sealed } = held;
  const candidates = standingThere(state.candidates, state.looks, capturedAt);
  const notAfter = capturedAt + limits.codeAgeMs;
  if (candidates.length === 0 || now >= notAfter) return null;
  return { frame, capturedAt, notAfter, sealed, candidates, asked: 1, askAgainAt: null };
}

/** The registry is asked to use the code up; its showing has counted. */
export function checkCode(c: AwaitingCode): Next {
  const { held, ...rest } = c.state;
  const check = codeToCheck(c);
  if (held === null || check === null) return only(c.state);
  const showings = counted(rest.showings, held.tag);
  const hint = rest.hint === 'new-code-on-its-way' ? rest.hint : null;
  const state = { ...rest, kind: 'checking-code', held: null, showings, hint, check } as const;
  return { state, effects: [useCode(state)] };
}

/** Somebody else, or nobody, stands there with the code: it isn't counted, and its showing stays fresh. */
export function letGo({ state }: AwaitingCode): Next {
  return only({ ...state, held: null });
}

/** Asks for the same attempt and code once more. */
export function askAgain(c: Case<'checking-code', 'due'>): Next {
  const check = { ...c.state.check, asked: c.state.check.asked + 1, askAgainAt: null };
  return { state: { ...c.state, check }, effects: [useCode(c.state)] };
}

/** A wrong code: the wait runs on. */
export function refuse(c: Case<'checking-code', 'code-checked'>): Next {
  const { answer } = c.input;
  const { check: _, ...rest } = c.state;
  const refusals = rest.refusals + 1;
  const person = answer.person ?? clearOf(c.state);
  const { wrongCount, remaining } = answer;
  const facts = { person, wrongCount: Math.max(1, wrongCount), remaining };
  return {
    state: { ...rest, kind: 'awaiting-code', hint: 'wrong-code', remaining, refusals },
    effects: [publish(of(c), accessCodeRefused, `refused:${refusals}`, facts)],
  };
}

/** Asks for a new code for the one who was named. */
export function sendNewCode(c: Case<'awaiting-code', 'new-code'>): Next {
  const person = clearOf(c.state);
  if (person === null) return { state: c.state, effects: [] };
  return {
    state: { ...c.state, newCode: 'asked' },
    effects: [{ do: 'send-new-code', attempt: c.state.attempt.id, person }],
  };
}

/** A door at rest: what was captured before doesn't count. */
export function idleFrom(now: number): SagaState {
  return { kind: 'idle', since: now };
}

export const goIdle = (c: Case<'settled', 'due'>): Next => only(idleFrom(c.now));

/** A new state that owes nothing. */
export function only(state: SagaState): Next {
  return { state, effects: [] };
}

export function hintNotOurs({ state }: Case<'awaiting-code', 'codes'>): Next {
  return only({ ...state, hint: 'not-our-code' });
}

export function hintNewCode(c: WishAnswered): Next {
  const { state, input } = c;
  if (input.outcome === 'sent')
    return only({ ...state, newCode: 'sent', hint: 'new-code-on-its-way' });
  const hint = input.outcome === 'too-often' ? 'new-code-too-often' : state.hint;
  return only({ ...state, newCode: input.outcome === 'too-often' ? 'sent' : 'none', hint });
}

export function hintUsed({ state }: Case<'settled', 'code-checked'>): Next {
  return only({ ...state, hint: 'new-code-on-its-way' });
}

export function waitToAskAgain(c: Case<'checking-code', 'no-answer'>): Next {
  const check = { ...c.state.check, askAgainAt: c.now + limits.askAgainMs };
  return only({ ...c.state, check });
}
