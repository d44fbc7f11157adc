import { accessCodeRefused, accessIdentified, accessStarted } from '@latchkey/contracts';
import type { Case, Next, WishAnswered } from './case.types.js';
import { of, publish, useCode } from './effects.pure.js';
import { limits } from './limits.js';
import { watch } from './note.pure.js';
import { clearOf, withDuress } from './outcomes.pure.js';
import { restOf } from './presence.pure.js';
import type { Check, SagaState, StateOf } from './saga.types.js';
import { carriedOver, counted, spent, unanswered } from './showings.pure.js';
import { identified, lastFrames, standingThere } from './votes.pure.js';

type AwaitingCode = Pick<Case<'awaiting-code', 'codes' | 'faces'>, 'state' | 'showings' | 'now'>;

/** A new attempt begins with the frame that shows someone. */
export function start(c: Case<'idle', 'faces'>): Next {
  const { seen, freshAttempt } = c.input;
  const { camera, line = null, capturedAt: startedAt } = seen;
  const attempt = { id: freshAttempt, camera, line, startedAt };
  const blank: StateOf<'identifying'> = {
    kind: 'identifying',
    attempt,
    deadline: c.now + limits.identifyMs,
    looks: [],
    presentAt: seen.capturedAt,
    crowd: { at: seen.capturedAt - 1, now: false },
    snapshot: null,
    shots: [],
    size: null,
  };
  const started = publish({ ...c, attempt }, accessStarted, 'started', {});
  const showings = carriedOver(c.showings);
  return { state: watch(blank, seen, c.rules), showings, effects: [started] };
}

/** The face is known, but it must show that it is live: the door asks for an act. */
export function askForAct(c: Case<'identifying', 'faces'>): Next {
  const who = identified(lastFrames(c.state.looks));
  if (who === null) return only(c.state);
  return only({
    ...c.state,
    ...who,
    kind: 'challenged',
    act: c.input.freshAct,
    askedAt: c.now,
    deadline: c.now + limits.actMs,
    rest: restOf(c.state.looks),
  });
}

/** The face is known: the door asks for the code. */
export function askForCode(c: Case<'identifying', 'faces'>): Next {
  const who = identified(lastFrames(c.state.looks));
  return who === null ? only(c.state) : awaitCode(c, who);
}

/** The face did what it was asked for: the door asks for the code. */
export function trustAct(c: Case<'challenged', 'faces'>): Next {
  const { candidates, clear } = c.state;
  return awaitCode(c, { candidates, clear });
}

function awaitCode(
  c: Case<'identifying', 'faces'> | Case<'challenged', 'faces'>,
  who: Pick<StateOf<'awaiting-code'>, 'candidates' | 'clear'>,
): Next {
  const deadline = c.now + c.rules.codeWaitS * 1_000;
  const newest = c.state.looks.at(-1)?.at ?? c.now;
  const { attempt, looks, presentAt, crowd, snapshot, shots, size } = c.state;
  const state: SagaState = {
    attempt,
    looks,
    presentAt,
    crowd,
    snapshot,
    shots,
    size,
    ...who,
    kind: 'awaiting-code',
    deadline,
    identifiedAt: newest,
    held: null,
    hint: null,
    remaining: null,
    refusals: 0,
    refusedAt: null,
    notBefore: 0,
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
  const showings = counted(c.showings, held.tag);
  const hint = rest.hint === 'new-code-on-its-way' ? rest.hint : null;
  const state = { ...rest, kind: 'checking-code', held: null, hint, check } as const;
  return { state, showings, effects: [useCode(state)] };
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
    state: {
      ...rest,
      kind: 'awaiting-code',
      hint: 'wrong-code',
      remaining,
      refusals,
      refusedAt: c.now,
    },
    showings: spent(c.showings),
    effects: [publish(of(c), accessCodeRefused, `refused:${refusals}`, facts)],
  };
}

/**
 * Wrong codes were shown as this person at other doors, so this one is looked at a little later, in a newer frame: it is
 * kept in view meanwhile, and the attempt grows by what is waited.
 */
export function keepWaiting(c: Case<'checking-code', 'code-checked'>): Next {
  const { check: _, ...rest } = c.state;
  const notBefore = c.input.answer.notBefore ?? c.now;
  const deadline = rest.deadline + Math.max(0, notBefore - c.now);
  return {
    state: { ...rest, kind: 'awaiting-code', hint: 'keep-showing', notBefore, deadline },
    showings: unanswered(c.showings),
    effects: [],
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

/** Said once an attempt, and only to whoever holds on to a code that an earlier attempt was told about. */
export function hintSpent({ state }: Case<'awaiting-code', 'codes'>): Next {
  return only({ ...state, hint: 'wrong-code' });
}

export function hintNewCode(c: WishAnswered): Next {
  const { state, input } = c;
  if (input.outcome === 'sent')
    return only({ ...state, newCode: 'sent', hint: 'new-code-on-its-way' });
  const hint = input.outcome === 'too-often' ? 'new-code-too-often' : state.hint;
  return only({ ...state, newCode: input.outcome === 'too-often' ? 'sent' : 'none', hint });
}

export function hintUsed(c: Case<'settled', 'code-checked'>): Next {
  const told = only({ ...c.state, hint: 'new-code-on-its-way' });
  return withDuress(c, { ...told, showings: spent(c.showings) });
}

export function waitToAskAgain(c: Case<'checking-code', 'no-answer'>): Next {
  const check = { ...c.state.check, askAgainAt: c.now + limits.askAgainMs };
  return only({ ...c.state, check });
}
