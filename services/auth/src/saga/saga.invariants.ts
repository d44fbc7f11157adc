import type { FacesObserved, ObservedFace } from '@latchkey/contracts';
import type { Asked, Chronicle } from './saga.chronicle.js';
import { promised } from './saga.promises.js';
import type { EffectOf } from './saga.types.js';
import { World } from './saga.world.js';

type Told = EffectOf<'publish'>;

const isGrant = (one: Told) => one.type.endsWith('.granted');

/** What must hold of a world in which nothing is owed or due any more; empty: all of it does. */
export function violationsOf(world: World): string[] {
  const { entry, registry, stored, chronicle } = world;
  const says: (string | false)[] = [
    ...chronicle.faults,
    ...world.published.filter(isGrant).flatMap((grant) => faultsOfGrant(world, grant)),
    ...[...world.attempts()].map(([id, told]) => !hasOneOutcome(id, told) && 'not one outcome'),
    registry.usedBy.size < stored.filter(isGrant).length && 'more grants than codes used',
    stored.some(isLastRefusal) && 'an attempt that goes on after the last wrong showing',
    hasCountedTwice(world) && 'one showing counted twice',
    hasCountedSpent(world) && 'a spent code counted while it was held up',
    !['idle', 'out-of-service'].includes(entry?.door.state.kind ?? '') && 'an attempt without end',
    entry?.owed.length !== 0 && 'something owed for ever',
    world.drainedMs >= LONGEST_ATTEMPT_MS && 'an attempt that took too long',
    !world.isAsItsPolicySays && 'a door that is not as its policy says',
  ];
  return [...new Set(says.filter((one) => one !== false))];
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

function isLastRefusal({ type, data }: Told): boolean {
  return type.endsWith('.code-refused') && data['remaining'] === 0;
}

/** Whether what a grant says is what the camera saw and the registry did, within the deadlines. */
function faultsOfGrant(world: World, grant: Told): string[] {
  const asked = world.chronicle.asked.findLast((one) => one.attempt === grant.attempt);
  const used = [...world.registry.usedBy].find(([, use]) => use.attempt === grant.attempt)?.[0];
  if (!asked || used !== asked.sealed || !wasShown(world, asked))
    return ['a grant without a code that was shown'];
  const { person } = grant.data;
  const says: (string | false)[] = [
    world.registry.owners.get(used) !== person && 'a grant to one whose code it is not',
    grant.at >= asked.capturedAt + promised.codeAgeMs && 'a grant by a code that is too old',
    ...faultsOfFace(asked, String(person)),
  ];
  return says.filter((one) => one !== false);
}

function wasShown(world: World, { frame, camera, sealed }: Asked): boolean {
  return world.codes.some(
    (seen) =>
      seen.frame === frame &&
      seen.door === 'north' &&
      seen.camera === camera &&
      seen.codes.some((code) => code.kind === 'latchkey' && code.sealed === sealed),
  );
}

/**
 * Whether the person stood there with the code: the camera had told of that frame or a later one, and the newest
 * usable look at or before it, at most 3 s old, and every one since showed the person alone, live.
 */
function faultsOfFace({ faces, capturedAt: codeAt }: Asked, person: string): (string | false)[] {
  const inOrder = faces.toSorted((one, other) => one.capturedAt - other.capturedAt);
  const looks = inOrder.filter(isLook);
  const newestAt = looks.findLast((seen) => seen.capturedAt <= codeAt)?.capturedAt ?? 0;
  const since = looks.filter((seen) => seen.capturedAt >= newestAt).map((seen) => seen.faces[0]);
  const newest = inOrder.findLast((seen) => seen.faces.length > 0);
  return [
    !faces.some((seen) => seen.capturedAt >= codeAt) && 'a grant before its frame’s face is known',
    newestAt < codeAt - promised.faceAgeMs && 'a grant by a face that is too old',
    !since.every(isLive) && 'a grant to a face that is not live',
    !since.every((nearest) => isOf(nearest, person)) && 'a grant to another face',
    (newest?.faces.length ?? 0) > 1 && 'a grant with two people there',
  ];
}

function isLook({ faces: [nearest, ...others] }: FacesObserved): boolean {
  return nearest?.usable === true && nearest.liveness !== null && others.length === 0;
}

function isLive(nearest: ObservedFace | undefined): boolean {
  return (nearest?.liveness ?? 0) >= promised.livenessThreshold;
}

function isOf(nearest: ObservedFace | undefined, person: string): boolean {
  return (
    nearest?.candidates.some(
      (one) => one.person === person && one.score >= promised.matchThreshold,
    ) === true
  );
}

/** Whether a code was put to the registry twice in an attempt, though it was not away in between. */
function hasCountedTwice({ chronicle }: World): boolean {
  return againOf(chronicle).some(([before, now]) => before.attempt === now.attempt);
}

/** Whether a code that this door has granted to, or called wrong, was put to the registry by a later attempt, though it was not away in between. */
function hasCountedSpent({ chronicle, stored }: World): boolean {
  const grants = new Set(stored.filter(isGrant).map((one) => one.attempt));
  const last = new Map(chronicle.asked.map((one) => [one.attempt, one]));
  const isSpent = (one: Asked) =>
    chronicle.refused.has(one.frame) || (grants.has(one.attempt) && last.get(one.attempt) === one);
  return againOf(chronicle).some(
    ([before, now]) => before.attempt !== now.attempt && isSpent(before),
  );
}

/** Questions about a code, each with the one about the same code before it, where the code was not away in between. */
function againOf({ asked, sought }: Chronicle): [Asked, Asked][] {
  return asked.flatMap((now, at) => {
    const before = asked.slice(0, at).findLast((one) => one.sealed === now.sealed);
    return before && !wasAway(sought.slice(0, now.sought), before) ? [[before, now]] : [];
  });
}

/**
 * Whether a code was really away after it was asked about: the camera that had seen it last looked for it twice, at
 * least a second apart, and no look in between had seen it.
 */
function wasAway(sought: Chronicle['sought'], { sealed, capturedAt }: Asked): boolean {
  return sought.some((end, heard) => {
    const known = sought
      .slice(0, heard)
      .filter((one) => one.at < end.at && one.at > capturedAt - 1);
    const seen = known.filter((one) => one.found.includes(sealed));
    // Of two cameras in the same millisecond, the one that was heard first.
    const [last] = seen.toSorted((one, other) => other.at - one.at);
    if (!last || end.found.includes(sealed) || end.camera !== last.camera) return false;
    return known.some(
      (from) =>
        from.camera === last.camera &&
        from.at > last.at &&
        end.at - from.at >= promised.showingEndsMs,
    );
  });
}
