import { type LivingPerson, type Lockout, lockAt } from './person.pure.js';

const MINUTE_MS = 60 * 1_000;
/** So many wrong showings at a door within the window lock the person there. */
export const WRONG_MAX = 5;
export const WRONG_WINDOW_MS = 10 * MINUTE_MS;
/** How long the first, the second and every further lockout of a person at a door within a day lasts. */
export const LOCKS_MS = [5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS] as const;
export const LOCKOUT_MEMORY_MS = 24 * 60 * MINUTE_MS;
/**
 * How long a code waits to be looked at, by how many wrong ones were shown as that person at other doors. The longest
 * stays well within the shortest attempt, which grows by what was waited: it makes guessing slow, and keeps nobody out.
 */
export const WAITS_MS = [0, 1_000, 2_000, 4_000, 8_000] as const;

/** How long the person is locked at a door that they are locked at now. */
export function lockMsOf(person: LivingPerson, door: string, now: number): number {
  const before = lockoutsOf(person, now).filter((lockout) => lockout.door === door).length;
  return LOCKS_MS[Math.min(before, LOCKS_MS.length - 1)] ?? 0;
}

/** The lockouts to remember, with the one at this door. */
export function withLockout(person: LivingPerson, door: string, now: number): readonly Lockout[] {
  return [...lockoutsOf(person, now), { door, at: now }];
}

/**
 * How long a code waits at a door, by what was shown as any of the candidates elsewhere. Right and wrong codes wait the
 * same, so the wait tells nothing; who is locked at this door need not wait to be told so.
 */
export function waitMsOf(candidates: readonly LivingPerson[], door: string, now: number): number {
  const waits = candidates
    .filter((person) => !lockAt(person, door, now))
    .map((person) => WAITS_MS[Math.min(wrongElsewhere(person, door, now), WAITS_MS.length - 1)]);
  return Math.max(0, ...waits.map((wait) => wait ?? 0));
}

/** Wrong showings at other doors within the window; a lockout forgets the five that it came of. */
function wrongElsewhere(person: LivingPerson, door: string, now: number): number {
  const isElse = (one: Lockout) => one.door !== door && one.at > now - WRONG_WINDOW_MS;
  return (
    person.wrong.filter(isElse).length + lockoutsOf(person, now).filter(isElse).length * WRONG_MAX
  );
}

function lockoutsOf({ lockouts = [] }: LivingPerson, now: number): Lockout[] {
  return lockouts.filter(({ at }) => at > now - LOCKOUT_MEMORY_MS);
}
