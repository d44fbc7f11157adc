import type { FacesObserved } from '@latchkey/contracts';
import { promised } from './saga.promises.js';
import type { Door, StateOf } from './saga.types.js';

type Watching = StateOf<'identifying' | 'challenged' | 'awaiting-code' | 'checking-code'>;

/** What a door's entry may never say of those who stand there, and did; `heard`: the faces that reached the door. */
export function presenceFaults(
  was: Door['state'] | undefined,
  state: Watching,
  heard: readonly FacesObserved[],
): string[] {
  const seen = state.looks.flatMap((look) => heard.find((one) => one.frame === look.frame) ?? []);
  // What the camera gave while an answer was awaited, or two people stood there, counts from its next picture on.
  const isChecking = [was?.kind, state.kind].includes('checking-code') || !isNewPicture(was, state);
  const isLetOn = state.kind === 'awaiting-code';
  const pictures = seen.map(({ picture }) => picture);
  const says: (string | false)[] = [
    isLetOn && was?.kind === 'challenged' && !hasTurned(was, seen) && 'an act that was not done',
    state.kind === 'challenged' &&
      isNewPicture(was, state) &&
      isWrong(state, seen) &&
      'an attempt after the wrong act',
    new Set(pictures).size < pictures.length && 'a picture that got two votes',
    new Set(seen.map(({ widthPx }) => widthPx)).size > 1 && 'pictures of two sizes',
    ...(isChecking ? [] : faultsOfPictures(state)),
  ];
  return says.filter((one) => one !== false);
}

function isNewPicture(was: Door['state'] | undefined, state: Watching): boolean {
  return was === undefined || !('shots' in was) || was.shots !== state.shots;
}

function faultsOfPictures(state: Watching): (string | false)[] {
  return [
    isLooped(state) && 'a loop that goes on',
    isFrozen(state) && 'a frozen picture that goes on',
    state.size?.isOther === true && 'a camera that changed goes on',
  ];
}

/** In the stories the lot always falls on a turn to the left. */
function hasTurned(was: StateOf<'challenged'>, seen: readonly FacesObserved[]): boolean {
  const turned = since(was, seen).filter((one) => isTurned(was, one, -1));
  return turned.length >= 2;
}

function isWrong(state: StateOf<'challenged'>, seen: readonly FacesObserved[]): boolean {
  const [one, other] = since(state, seen).slice(-2);
  if (!one || !other || state.crowd.now) return false;
  return [one, other].every((each) => isTurned(state, each, 1));
}

function since({ askedAt }: StateOf<'challenged'>, seen: readonly FacesObserved[]) {
  return seen.filter(({ capturedAt }) => capturedAt > askedAt);
}

function isTurned(
  { candidates, rest }: StateOf<'challenged'>,
  { faces: [nearest] }: FacesObserved,
  way: number,
): boolean {
  if ((nearest?.liveness ?? 0) < promised.livenessThreshold) return false;
  const isOne = candidates.some(({ person }) =>
    nearest?.candidates.some(
      (one) => one.person === person && one.score >= promised.matchThreshold,
    ),
  );
  // From where the head was before: who looked aside then turns by looking straight on.
  return isOne && ((nearest?.yawDeg ?? 0) - rest.yawDeg) * way >= promised.turnDeg;
}

function isLooped({ shots }: Watching): boolean {
  const returned = shots.filter(({ picture }, at) => {
    const before = shots.slice(0, at);
    return picture !== before.at(-1)?.picture && before.some((shot) => shot.picture === picture);
  });
  return returned.length >= promised.loopReturns;
}

function isFrozen({ shots }: Watching): boolean {
  const newest = shots.at(-1);
  const same = shots.slice(-promised.frozenFrames);
  const lastedMs = (newest?.at ?? 0) - (same[0]?.at ?? 0);
  return (
    same.length === promised.frozenFrames &&
    same.every(({ picture }) => picture === newest?.picture) &&
    lastedMs >= promised.frozenMs
  );
}
