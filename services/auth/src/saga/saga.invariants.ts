import type { ObservedFace } from '@latchkey/contracts';
import { limits } from './limits.js';
import { rules } from './saga.fixtures.js';
import type { EffectOf } from './saga.types.js';
import { World } from './saga.world.js';

type Told = EffectOf<'publish'>;

const isGrant = (one: Told) => one.type.endsWith('.granted');

/** What must hold of a world in which nothing is owed or due any more; empty: all of it does. */
export function violationsOf(world: World): string[] {
  const { entry, registry, stored } = world;
  const grants = world.published.filter(isGrant);
  const says: (string | false)[] = [
    ...grants.map((grant) => !isJustified(world, grant) && 'a grant without face, code or time'),
    ...[...world.attempts()].map(([id, told]) => !hasOneOutcome(id, told) && 'not one outcome'),
    registry.usedBy.size < stored.filter(isGrant).length && 'more grants than codes used',
    !['idle', 'out-of-service'].includes(entry?.door.state.kind ?? '') && 'an attempt without end',
    entry?.owed.length !== 0 && 'something owed for ever',
    world.drainedMs >= LONGEST_ATTEMPT_MS && 'an attempt that took too long',
  ];
  return says.filter((one) => one !== false);
}

/** Identifying, the wait for a code, its check, the settling, and what is taken over in between. */
const LONGEST_ATTEMPT_MS = 70_000;

function hasOneOutcome(attempt: string, told: readonly Told[]): boolean {
  const outcomes = told.filter(World.isOutcome);
  const [first] = outcomes;
  return (
    first?.id === `${attempt}:outcome` &&
    outcomes.every((one) => one.id === first.id && one.type === first.type)
  );
}

/** Whether what a grant says is what the camera saw and the registry did, within the deadlines. */
function isJustified(world: World, grant: Told): boolean {
  const { person, expiresAt } = grant.data;
  const codeAt = Number(expiresAt) - limits.codeAgeMs;
  const used = [...world.registry.usedBy].find(([, use]) => use.attempt === grant.attempt);
  const wasShown = world.codes.some(
    (seen) =>
      seen.capturedAt === codeAt &&
      seen.door === 'north' &&
      seen.camera === 'main' &&
      seen.codes.some((code) => code.kind === 'latchkey' && code.sealed === used?.[0]),
  );
  const isInTime = grant.at - codeAt < limits.codeAgeMs;
  const isOwner = world.registry.owners.get(used?.[0] ?? '') === person;
  return wasShown && isInTime && isOwner && stoodThere(world, String(person), codeAt);
}

/**
 * Whether the person stood there with the code: the camera had told of that frame or a later one, and the newest
 * usable look at or before it, at most 3 s old, and every one since showed the person, live.
 */
function stoodThere(world: World, person: string, codeAt: number): boolean {
  const frame = world.codes.find(
    (seen) => seen.capturedAt === codeAt && world.knownAt.has(seen.frame),
  );
  const known = world.knownAt.get(frame?.frame ?? '') ?? [];
  const looks = known
    .filter(
      ({ faces: [nearest, ...others] }) =>
        nearest?.usable && nearest.liveness !== null && others.length === 0,
    )
    .toSorted((one, other) => one.capturedAt - other.capturedAt);
  const newestAt = looks.findLast((seen) => seen.capturedAt <= codeAt)?.capturedAt ?? 0;
  const since = looks.filter((seen) => seen.capturedAt >= newestAt).map((seen) => seen.faces[0]);
  const isThePerson = (nearest: ObservedFace | undefined) =>
    (nearest?.liveness ?? 0) >= rules.livenessThreshold &&
    nearest?.candidates.some((one) => one.person === person);
  const wasSeenSince = known.some((seen) => seen.capturedAt >= codeAt);
  return wasSeenSince && newestAt >= codeAt - limits.faceAgeMs && since.every(isThePerson);
}
