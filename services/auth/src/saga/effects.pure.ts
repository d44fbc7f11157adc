import type { Candidate } from '@latchkey/contracts';
import type { Ending } from './case.types.js';
import type { Attempt, Effect, StateOf } from './saga.types.js';

/** The question whether the code that was shown opens the door. */
export function useCode(state: StateOf<'checking-code'>): Effect {
  const { candidates, sealed, frame, capturedAt, notAfter } = state.check;
  const waitsSince = state.refusedAt ?? state.identifiedAt;
  const people = candidates.map((one: Candidate) => one.person);
  const attempt = state.attempt.id;
  const shown = { sealed, frame, capturedAt, notAfter };
  return { do: 'use-code', attempt, candidates: people, ...shown, waitsSince };
}

/** What every event of an attempt tells. */
export interface Told {
  readonly now: number;
  readonly door: string;
  readonly attempt: Attempt;
}

export function of(c: Ending): Told {
  return { now: c.now, door: c.door, attempt: c.state.attempt };
}

/** An event that is owed; `what` makes its message id: `<attempt>:outcome` and so on. */
export function publish(
  told: Told,
  definition: { readonly type: string },
  what: string,
  data: Record<string, unknown>,
): Effect {
  const { id, camera } = told.attempt;
  return {
    do: 'publish',
    type: definition.type,
    id: `${id}:${what}`,
    attempt: id,
    at: told.now,
    data: { attempt: id, door: told.door, camera, at: told.now, ...data },
  };
}
