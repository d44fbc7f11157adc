import type { CodesObserved } from '@latchkey/contracts';
import { limits } from './limits.js';
import type { HeldCode, Showing } from './saga.types.js';

/** One of our codes in a frame. */
export type OwnCode = Extract<CodesObserved['codes'][number], { kind: 'latchkey' }>;

/** The codes of ours in a frame; any other QR code is no showing. */
export function ownCodes(seen: CodesObserved): OwnCode[] {
  return seen.codes.filter((code) => code.kind === 'latchkey');
}

/** Notes the codes of a frame: a showing goes on while its code is seen again within a second; then another begins. */
export function withShowings(
  showings: readonly Showing[],
  seen: CodesObserved,
): readonly Showing[] {
  return ownCodes(seen).reduce(
    (noted, code) => withShowing(noted, code.tag, seen.capturedAt),
    showings,
  );
}

function withShowing(showings: readonly Showing[], tag: string, at: number): readonly Showing[] {
  const known = showings.find((showing) => showing.tag === tag);
  if (known && at <= known.seenAt) return showings;
  const goesOn = known !== undefined && at - known.seenAt <= limits.showingEndsMs;
  const noted = { tag, seenAt: at, counted: goesOn && known.counted };
  return [...showings.filter((showing) => showing.tag !== tag), noted].slice(-limits.showingsKept);
}

/** The first code of a frame whose showing has not counted yet, or null. */
function freshCode(showings: readonly Showing[], seen: CodesObserved): OwnCode | null {
  const isFresh = (code: OwnCode) =>
    showings.some(
      (known) => known.tag === code.tag && !known.counted && known.seenAt === seen.capturedAt,
    );
  return ownCodes(seen).find(isFresh) ?? null;
}

/**
 * The code that waits for its frame's face: the one that waits already, while it may still open the door, else the
 * fresh one of this frame. Were the newest to wait, a slow face would never catch up with it.
 */
export function heldCode(
  state: { readonly showings: readonly Showing[]; readonly held: HeldCode | null },
  seen: CodesObserved,
  now: number,
): HeldCode | null {
  if (state.held && now < state.held.capturedAt + limits.codeAgeMs) return state.held;
  const code = freshCode(state.showings, seen);
  const { frame, capturedAt } = seen;
  return code && { frame, capturedAt, tag: code.tag, sealed: code.sealed };
}

/** The showings, with that one counted. */
export function counted(showings: readonly Showing[], tag: string): Showing[] {
  return showings.map((known) => (known.tag === tag ? { ...known, counted: true } : known));
}
