import type { Door, EffectOf } from './saga.types.js';

type Show = Omit<EffectOf<'show'>, 'do'>;
type Shown = Omit<Show['display'], 'door' | 'at'>;

const nothing: Shown = {
  attempt: null,
  phase: 'idle',
  reason: null,
  hint: null,
  deadline: null,
  remaining: null,
  lockedUntil: null,
  newCodeSent: false,
};

const shownFields = Object.keys(nothing) as (keyof Shown)[];

/** What a door shows in its state; `person`: who is to be named, for events name people by id only. */
export function displayOf(door: Door, now: number): Show {
  const { person, ...shown } = shownIn(door);
  return { person, display: { door: door.id, at: now, ...nothing, ...shown } };
}

/** Whether two displays differ in nothing but their time. */
export function showsSame(one: Show, other: Show): boolean {
  const [shown, before] = [one.display, other.display];
  return (
    one.person === other.person &&
    shown.door === before.door &&
    shownFields.every((field) => shown[field] === before[field])
  );
}

function shownIn({ state }: Door): Partial<Shown> & { person: string | null } {
  switch (state.kind) {
    case 'out-of-service':
    case 'idle':
      break;
    case 'identifying': {
      const hint = state.crowd.now ? 'one-at-a-time' : null;
      return { phase: state.kind, attempt: state.attempt.id, hint, person: null };
    }
    case 'challenged': {
      const hint = state.crowd.now ? 'one-at-a-time' : state.act;
      return { phase: 'identifying', attempt: state.attempt.id, hint, person: null };
    }
    case 'awaiting-code':
    case 'checking-code':
      return {
        phase: state.kind,
        attempt: state.attempt.id,
        hint: state.crowd.now ? 'one-at-a-time' : state.hint,
        deadline: state.deadline,
        remaining: state.remaining,
        newCodeSent: state.newCode === 'sent',
        person: state.clear ? (state.candidates[0]?.person ?? null) : null,
      };
    case 'settled': {
      const { phase, attempt, reason, hint, lockedUntil, person } = state;
      return { phase, attempt: attempt.id, reason, hint, lockedUntil, person };
    }
  }
  return { phase: state.kind, person: null };
}
