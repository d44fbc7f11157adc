import type { FaceAtRest, FacesObserved } from '@latchkey/contracts';
import { atRest, judgeAct } from '@latchkey/contracts';
import { limits } from './limits.js';
import type { DoorRules, Look, Shot, StateOf, Watched } from './saga.types.js';
import { identified, lastFrames, standingThere } from './votes.pure.js';

/** Whether those who agree must show by an act that they are live: at a door that asks for one. */
export function mustAct(looks: readonly Look[], rules: DoorRules): boolean {
  return rules.liveness === 'challenge' && identified(lastFrames(looks)) !== null;
}

/** How the face is while nothing is asked of it. */
export function restOf(looks: readonly Look[]): FaceAtRest {
  return atRest(lastFrames(looks).flatMap(({ measured }) => measured ?? []));
}

/**
 * What the newest looks in a row that show the candidates did since they were asked: a look in between that shows
 * anybody else, or nobody who is known, begins it anew.
 */
export function actOf(state: StateOf<'challenged'>): ReturnType<typeof judgeAct> {
  const since = state.looks.filter((look) => look.at > state.askedAt);
  const others = since.findLastIndex((look) => !isOf(state, look));
  const faces = since.slice(others + 1).flatMap(({ measured }) => measured ?? []);
  return judgeAct(state.act, faces, state.rest);
}

function isOf({ candidates }: StateOf<'challenged'>, look: Look): boolean {
  return standingThere(candidates, [look], look.at).length > 0;
}

/** Notes which picture it was, and its size. The same object where nothing is new. */
export function withShot<State extends Watched>(state: State, seen: FacesObserved): State {
  const { capturedAt: at, picture, widthPx, heightPx } = seen;
  if (!picture || state.shots.some((one) => one.at === at && one.picture === picture)) return state;
  const size = state.size ?? { widthPx, heightPx, isOther: false };
  const isOther = size.isOther || widthPx !== size.widthPx || heightPx !== size.heightPx;
  const shots = [...state.shots, { at, picture }].toSorted((one, other) => one.at - other.at);
  return { ...state, shots: shots.slice(-limits.picturesKept), size: { ...size, isOther } };
}

/** Whether the picture gets a vote: not where it was there before, nor where it is of another size. */
export function isFresh({ shots, size }: Watched, seen: FacesObserved): boolean {
  const isSame = size?.widthPx === seen.widthPx && size.heightPx === seen.heightPx;
  return (size === null || isSame) && shots.every(({ picture }) => picture !== seen.picture);
}

/** Whether the pictures are such as no camera gives: frozen, looped, or of two sizes. A sensor's noise makes each one new. */
export function isInjected({ shots, size }: Watched): boolean {
  return isFrozen(shots) || returnsIn(shots) >= limits.loopReturns || size?.isOther === true;
}

function isFrozen(shots: readonly Shot[]): boolean {
  const newest = shots.at(-1);
  const before = shots.findLastIndex((shot) => shot.picture !== newest?.picture);
  const same = shots.slice(before + 1);
  const lastedMs = (newest?.at ?? 0) - (same[0]?.at ?? 0);
  return same.length >= limits.frozenFrames && lastedMs >= limits.frozenMs;
}

/** How many of the pictures were there before, and gone in between. */
function returnsIn(shots: readonly Shot[]): number {
  return shots.filter(({ picture }, at) => {
    const before = shots.slice(0, at).findLastIndex((shot) => shot.picture === picture);
    return before >= 0 && before < at - 1;
  }).length;
}
