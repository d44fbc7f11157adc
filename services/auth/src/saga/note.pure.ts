import type { CodesObserved, FacesObserved } from '@latchkey/contracts';
import { limits } from './limits.js';
import { isFresh, withShot } from './presence.pure.js';
import type { Door, DoorRules, Input, InputOf, SagaState, Watched } from './saga.types.js';
import { heldCode, withShowings } from './showings.pure.js';
import { isCrowd, lookOf, withLook } from './votes.pure.js';

/**
 * Folds what was observed into the state, before the table decides on it. Returns the same state where the observation
 * tells nothing that counts, and null where it must be dropped: foreign, late, or ahead of the clock.
 */
export function note(door: Door, input: Input, now: number): SagaState | null {
  const { state, rules } = door;
  if (rules === null || (input.on !== 'faces' && input.on !== 'codes')) return state;
  if (!isTaken(door, input, now) || isForeign(state, input.seen)) return null;
  return input.on === 'faces'
    ? noteFaces(state, input.seen, rules)
    : noteCodes(door, state, input.seen, now);
}

/**
 * Folds a look for codes into the door's showings, whatever the door is doing and whichever of its cameras looked. The
 * same door where nothing is new.
 */
export function noteShowings(door: Door, input: Input, now: number): Door {
  if (input.on !== 'codes' || !isTaken(door, input, now)) return door;
  const { kind } = door.state;
  const begins = kind === 'awaiting-code' || kind === 'checking-code';
  const showings = withShowings(door.showings, input.seen, begins);
  return showings === door.showings ? door : { ...door, showings: [...showings] };
}

/** Whether it was seen at this door, and not too long ago. */
function isTaken(door: Door, input: InputOf<'faces' | 'codes'>, now: number): boolean {
  const oldestMs = input.on === 'faces' ? limits.faceAgeMs : limits.codeAgeMs;
  const ageMs = now - input.seen.capturedAt;
  const isTimely = ageMs <= oldestMs && ageMs >= -limits.clockAheadMs;
  return input.seen.door === door.id && isTimely;
}

/** Whether it's from another camera than the attempt's, by another connection of it, or from before the attempt. */
function isForeign(state: SagaState, seen: FacesObserved | CodesObserved): boolean {
  if (state.kind === 'out-of-service') return false;
  if (state.kind === 'idle') return seen.capturedAt < state.since;
  const { camera, line, startedAt } = state.attempt;
  const isAnother = seen.camera !== camera || (seen.line ?? null) !== line;
  return isAnother || seen.capturedAt < startedAt;
}

function noteFaces(state: SagaState, seen: FacesObserved, rules: DoorRules): SagaState {
  if (state.kind === 'idle' || state.kind === 'out-of-service' || seen.faces.length === 0) {
    return state;
  }
  const present = notePresence(state, seen.capturedAt);
  return present.kind === 'settled' ? present : watch(present, seen, rules);
}

function noteCodes(door: Door, state: SagaState, seen: CodesObserved, now: number): SagaState {
  if (state.kind !== 'awaiting-code' && state.kind !== 'checking-code') return state;
  if (seen.codes.length === 0) return state;
  const present = notePresence(state, seen.capturedAt);
  if (present.kind !== 'awaiting-code' || seen.capturedAt < present.notBefore) return present;
  const held = heldCode(present.held, door.showings, seen, now);
  return held === present.held ? present : { ...present, held };
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
  const shot = rules.liveness === 'off' ? state : withShot(state, seen);
  const look = isFresh(state, seen) ? lookOf(seen, rules) : null;
  const looks = look ? withLook(state.looks, look) : state.looks;
  const crowd = noteCrowd(state.crowd, seen);
  const isNew = looks !== state.looks;
  if (!isNew && crowd === state.crowd) return shot;
  const snapshot = (isNew && seen.snapshot) || state.snapshot;
  return { ...shot, looks: [...looks], crowd, snapshot };
}

function noteCrowd(crowd: Watched['crowd'], seen: FacesObserved): Watched['crowd'] {
  const now = isCrowd(seen);
  // While there are two, each frame is noted: else one from in between that comes late would count as the newest.
  if (seen.capturedAt <= crowd.at || !(now || crowd.now)) return crowd;
  return { at: seen.capturedAt, now };
}
