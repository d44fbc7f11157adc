import type { CodesObserved, FacesObserved } from '@latchkey/contracts';
import { limits } from './limits.js';
import type { Door, DoorRules, Input, SagaState, Watched } from './saga.types.js';
import { heldCode, withShowings } from './showings.pure.js';
import { isCrowd, lookOf, withLook } from './votes.pure.js';

/**
 * Folds what was observed into the state, before the table decides on it. Returns the same state where the observation
 * tells nothing that counts, and null where it must be dropped: foreign, late, or ahead of the clock.
 */
export function note(door: Door, input: Input, now: number): SagaState | null {
  const { state, rules } = door;
  if (rules === null || (input.on !== 'faces' && input.on !== 'codes')) return state;
  const oldestMs = input.on === 'faces' ? limits.faceAgeMs : limits.codeAgeMs;
  const ageMs = now - input.seen.capturedAt;
  const isTimely = ageMs <= oldestMs && ageMs >= -limits.clockAheadMs;
  if (input.seen.door !== door.id || !isTimely || isForeign(state, input.seen)) return null;
  return input.on === 'faces'
    ? noteFaces(state, input.seen, rules)
    : noteCodes(state, input.seen, now);
}

/** Whether it's from another camera than the attempt's, or from before the attempt. */
function isForeign(state: SagaState, seen: FacesObserved | CodesObserved): boolean {
  if (state.kind === 'out-of-service') return false;
  if (state.kind === 'idle') return seen.capturedAt < state.since;
  return seen.camera !== state.attempt.camera || seen.capturedAt < state.attempt.startedAt;
}

function noteFaces(state: SagaState, seen: FacesObserved, rules: DoorRules): SagaState {
  if (state.kind === 'idle' || state.kind === 'out-of-service' || seen.faces.length === 0) {
    return state;
  }
  const present = notePresence(state, seen.capturedAt);
  return present.kind === 'settled' ? present : watch(present, seen, rules);
}

function noteCodes(state: SagaState, seen: CodesObserved, now: number): SagaState {
  if (state.kind !== 'awaiting-code' && state.kind !== 'checking-code') return state;
  const present = notePresence(state, seen.capturedAt);
  const showings = withShowings(state.showings, seen);
  if (showings === state.showings) return present;
  const noted = { ...present, showings: [...showings] };
  return noted.kind === 'awaiting-code' ? { ...noted, held: heldCode(noted, seen, now) } : noted;
}

function notePresence<State extends { readonly presentAt: number }>(
  state: State,
  at: number,
): State {
  return at >= state.presentAt + limits.presenceStepMs ? { ...state, presentAt: at } : state;
}

/** Adds what the nearest face says, the crowd's change and the picture; the same object where nothing is new. */
export function watch<State extends Watched>(
  state: State,
  seen: FacesObserved,
  rules: DoorRules,
): State {
  const look = lookOf(seen, rules);
  const looks = look ? withLook(state.looks, look) : state.looks;
  const crowd = noteCrowd(state.crowd, seen);
  const isNew = looks !== state.looks;
  if (!isNew && crowd === state.crowd) return state;
  const snapshot = (isNew && seen.snapshot) || state.snapshot;
  return { ...state, looks: [...looks], crowd, snapshot };
}

function noteCrowd(crowd: Watched['crowd'], seen: FacesObserved): Watched['crowd'] {
  const now = isCrowd(seen);
  // While there are two, each frame is noted: else one from in between that comes late would count as the newest.
  if (seen.capturedAt <= crowd.at || !(now || crowd.now)) return crowd;
  return { at: seen.capturedAt, now };
}
