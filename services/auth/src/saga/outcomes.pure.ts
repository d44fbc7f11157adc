import type { DenialReason, EventDefinition } from '@latchkey/contracts';
import {
  accessAbandoned,
  accessDenied,
  accessExpired,
  accessGranted,
  alarmDuress,
  alarmMismatch,
  alarmNotLive,
  alarmWrongCode,
} from '@latchkey/contracts';
import type { Case, Ending, Next, Running } from './case.types.js';
import { of, publish, useCode } from './effects.pure.js';
import type { Attempt, Effect, StateOf } from './saga.types.js';
import { spent } from './showings.pure.js';
import { clearlyAhead, lastFrames } from './votes.pure.js';

type AlarmData = { readonly person: string | null } & Record<string, unknown>;

/** The code was used up in time: the door opens, if to one of those who stand there. */
export function grant(c: Case<'checking-code', 'code-checked'>): Next {
  const { check } = c.state;
  const owner = check.candidates.find((one) => one.person === c.input.answer.person);
  if (!owner) return { state: c.state, effects: [] };
  const facts = { ...owner, expiresAt: check.notAfter };
  const person = owner.person;
  const settled = settle(c, { phase: 'granted', person, hint: 'new-code-on-its-way' }, [
    publish(of(c), accessGranted, 'outcome', facts),
  ]);
  return withDuress(c, { ...settled, showings: spent(c.showings) });
}

/** The door stays shut. `photograph`: the picture is kept before the denial is told. */
function deny(
  c: Ending,
  reason: DenialReason,
  facts: {
    readonly person?: string | null;
    readonly lockedUntil?: number | null;
    readonly photograph?: boolean;
    readonly alarm?: (evidence: string | null, person: string | null) => Effect;
  } = {},
): Next {
  const { attempt, snapshot } = c.state;
  const person = facts.person ?? clearOf(c.state);
  const evidence = facts.photograph && snapshot ? `${c.door}.${attempt.id}` : null;
  const lockedUntil = facts.lockedUntil ?? null;
  const data = { reason, person, evidence, lockedUntil };
  return settle(c, { phase: 'denied', reason, lockedUntil }, [
    ...(evidence && snapshot
      ? [{ do: 'keep-photograph', from: snapshot, to: evidence } as const]
      : []),
    publish(of(c), accessDenied, 'outcome', data),
    ...(facts.alarm ? [facts.alarm(evidence, person)] : []),
  ]);
}

const denyPresence = (by: 'look' | 'act' | 'replay') => (c: Ending) =>
  deny(c, 'not-live', {
    alarm: (evidence, person) => alarm(c, alarmNotLive, { person, evidence, by }),
  });

export const denyNotLive = denyPresence('look');
/** The act that was asked for did not come, or another one did. */
export const denyAct = denyPresence('act');
/** What comes is no camera's: frozen, looped, or suddenly of another size. */
export const denyReplayed = denyPresence('replay');

export const denyUnknown = (c: Case<'identifying', 'faces'>): Next =>
  deny(c, 'unknown', { person: null, photograph: true });

export const denyMismatch = (c: Ending, by: 'face' | 'code'): Next =>
  deny(c, 'mismatch', {
    alarm: (evidence, person) => alarm(c, alarmMismatch, { person, evidence, by }),
  });

export function denyWrongCode(c: Case<'checking-code', 'code-checked'>): Next {
  const { person, lockedUntil } = c.input.answer;
  const denied = deny(c, 'wrong-code', {
    person,
    lockedUntil,
    photograph: true,
    alarm: (evidence, whom) =>
      alarm(c, alarmWrongCode, { person: whom, evidence, lockedUntil: lockedUntil ?? null }),
  });
  return { ...denied, showings: spent(c.showings) };
}

export function denyStanding(c: Case<'checking-code', 'code-checked'>): Next {
  const { outcome, person, lockedUntil } = c.input.answer;
  const reason =
    outcome === 'expired' ? 'code-expired' : outcome === 'locked' ? outcome : 'suspended';
  return withDuress(c, deny(c, reason, { person, lockedUntil }));
}

/** Time ran out. `used`: the code was used up all the same, so the next one is on its way. */
export function expire(c: Ending, facts: { readonly used?: boolean } = {}): Next {
  const { kind } = c.state;
  const during = kind === 'challenged' ? 'identifying' : kind;
  const data = { person: clearOf(c.state), during };
  const hint = facts.used ? 'new-code-on-its-way' : null;
  return settle(c, { phase: 'expired', hint }, [publish(of(c), accessExpired, 'outcome', data)]);
}

/** Time ran out without an answer; the registry is asked once more whether the code was used up, which it says then. */
export function expireUnanswered(c: Case<'checking-code', 'due'>): Next {
  const { state, effects } = expire(c);
  return { state, effects: [...effects, useCode(c.state)] };
}

export function abandon(c: Ending, how: 'cancelled' | 'left'): Next {
  const data = { person: clearOf(c.state), how };
  return settle(c, { phase: 'abandoned' }, [publish(of(c), accessAbandoned, 'outcome', data)]);
}

export function expireUsed(c: Case<'checking-code', 'code-checked'>): Next {
  const { used } = c.input.answer;
  return withDuress(c, { ...expire(c, { used }), showings: used ? spent(c.showings) : c.showings });
}

/** What follows, and beside it, told to guards alone, that the code was the person's duress code. */
export function withDuress(
  c: Pick<Case<'checking-code' | 'settled', 'code-checked'>, 'input' | 'now' | 'door'> & {
    readonly state: { readonly attempt: Attempt };
  },
  next: Next,
): Next {
  const { duress, person, outcome } = c.input.answer;
  if (!duress || person === null) return next;
  const told = { now: c.now, door: c.door, attempt: c.state.attempt };
  const opened = outcome === 'granted' && 'phase' in next.state && next.state.phase === 'granted';
  const alarmed = publish(told, alarmDuress, 'duress', { person, opened });
  return { ...next, effects: [...next.effects, alarmed] };
}

/** Who is meant, where one is clearly ahead. */
export function clearOf(state: Running): string | null {
  if (state.kind === 'identifying') return clearlyAhead(lastFrames(state.looks))?.person ?? null;
  return state.clear ? (state.candidates[0]?.person ?? null) : null;
}

function settle(
  c: Ending,
  facts: Pick<StateOf<'settled'>, 'phase'> & Partial<StateOf<'settled'>>,
  effects: readonly Effect[],
): Next {
  const { attempt, presentAt } = c.state;
  const none = { reason: null, hint: null, lockedUntil: null, person: null };
  return {
    state: { kind: 'settled', ...none, attempt, presentAt, settledAt: c.now, ...facts },
    effects,
  };
}

function alarm(c: Ending, definition: EventDefinition, data: AlarmData): Effect {
  return publish(of(c), definition, 'alarm', data);
}
