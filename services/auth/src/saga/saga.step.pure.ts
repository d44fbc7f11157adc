import { alarmDuress } from '@latchkey/contracts';
import type { Case, Next } from './case.types.js';
import { leftAt } from './conditions.pure.js';
import { displayOf, showsSame } from './display.pure.js';
import { limits } from './limits.js';
import { note, noteShowings } from './note.pure.js';
import { expire } from './outcomes.pure.js';
import { table } from './saga.table.pure.js';
import type { Door, Effect, Input, InputOf, SagaState } from './saga.types.js';
import { idleFrom, only } from './steps.pure.js';

/**
 * What a door does next. What is overdue happens first, so a deadline holds to the millisecond whenever its timer
 * fires. `door` comes back as the same object where nothing changes.
 */
export function step(door: Door, input: Input, now: number): { door: Door; effects: Effect[] } {
  const effects: Effect[] = [];
  let next = whatIsDue(door, now, effects);
  if (input.on !== 'due') next = advance(next, input, now, effects);
  if (next === door) return { door, effects };
  const display = displayOf(next, now);
  const isSame = showsSame(display, displayOf(door, now));
  return {
    door: next,
    effects: isSame && !isFirst(door, next) ? effects : ordered(effects, display),
  };
}

function whatIsDue(door: Door, now: number, effects: Effect[]): Door {
  const due = dueAt(door.state);
  if (due === null || due > now) return door;
  const next = advance(door, { on: 'due' }, now, effects);
  return next === door ? door : whatIsDue(next, now, effects);
}

/** When the state changes by itself, or null. */
export function dueAt(state: SagaState): number | null {
  switch (state.kind) {
    case 'idle':
    case 'out-of-service':
      break;
    case 'identifying':
    case 'challenged':
      return state.deadline;
    case 'awaiting-code':
      return Math.min(state.deadline, leftAt(state));
    case 'checking-code':
      return Math.min(state.check.askAgainAt ?? Infinity, state.check.notAfter);
    case 'settled':
      return Math.min(
        state.settledAt + limits.settledMs,
        Math.max(state.settledAt, state.presentAt + limits.presenceStepMs) + limits.settledNoFaceMs,
      );
  }
  return null;
}

function advance(door: Door, input: Input, now: number, effects: Effect[]): Door {
  if (input.on === 'policy') return changeRules(door, input, now, effects);
  const noted = noteShowings(door, input, now);
  if (door.state.kind === 'out-of-service' || door.rules === null) return shownClosed(noted);
  const state = note(noted, input, now);
  if (state === null) return noted;
  const { showings } = noted;
  const next = decide({ state, showings, input, now, door: door.id, rules: door.rules });
  effects.push(...next.effects);
  if (next.state === noted.state) return noted;
  return { ...noted, state: next.state, showings: [...(next.showings ?? showings)] };
}

function decide(c: Case<SagaState['kind'], Input['on']>): Next {
  for (const candidate of table) {
    if (candidate.in !== c.state.kind || candidate.on !== c.input.on) continue;
    const next = candidate.take(c);
    if (next) return next;
  }
  return only(c.state);
}

/** A door without a policy, or whose operators closed it, is out of service; what was going on there ends. */
function changeRules(before: Door, input: InputOf<'policy'>, now: number, effects: Effect[]): Door {
  const { rules, revision } = input;
  if (!input.isRead && revision < before.policyRevision) return before;
  const door =
    revision === before.policyRevision ? before : { ...before, policyRevision: revision };
  if (JSON.stringify(rules) === JSON.stringify(door.rules)) return shownClosed(door);
  const { state } = door;
  const isOpen = rules !== null && !rules.outOfService;
  if (isOpen)
    return { ...door, rules, state: state.kind === 'out-of-service' ? idleFrom(now) : state };
  if (
    state.kind === 'identifying' ||
    state.kind === 'challenged' ||
    state.kind === 'awaiting-code' ||
    state.kind === 'checking-code'
  ) {
    effects.push(...expire({ state, now, door: door.id }).effects);
  }
  return { ...door, rules, state: { kind: 'out-of-service', shown: true } };
}

function shownClosed(door: Door): Door {
  if (door.state.kind !== 'out-of-service' || door.state.shown) return door;
  return { ...door, state: { kind: 'out-of-service', shown: true } };
}

function isFirst(before: Door, after: Door): boolean {
  const { state } = before;
  return state.kind === 'out-of-service' && !state.shown && before !== after;
}

/**
 * What is told comes first, then what is shown, then what is asked, for an answer takes its time. A duress alarm comes after
 * what is shown: nobody at the door may notice by a pause.
 */
function ordered(effects: readonly Effect[], display: ReturnType<typeof displayOf>): Effect[] {
  const isLater = (one: Effect) =>
    one.do === 'use-code' ||
    one.do === 'send-new-code' ||
    (one.do === 'publish' && one.type === alarmDuress.type);
  const told = effects.filter((one) => !isLater(one));
  return [...told, { do: 'show', ...display }, ...effects.filter(isLater)];
}
