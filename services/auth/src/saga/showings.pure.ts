import type { CodesObserved } from '@latchkey/contracts';
import { limits } from './limits.js';
import type { HeldCode, Showing } from './saga.types.js';

/** One of our codes in a frame. */
export type OwnCode = Extract<CodesObserved['codes'][number], { kind: 'latchkey' }>;

/** The codes of ours in a frame; any other QR code is no showing. */
export function ownCodes(seen: CodesObserved): OwnCode[] {
  return seen.codes.filter((code) => code.kind === 'latchkey');
}

/**
 * Notes what a look for codes found. A showing ends when its camera looked for it for a second and did not see it; while
 * nobody looks, it goes on. `begins`: a code that is new begins a showing. The same object where nothing is new.
 */
export function withShowings(
  showings: readonly Showing[],
  seen: CodesObserved,
  begins: boolean,
): readonly Showing[] {
  const tags = new Set(ownCodes(seen).map((code) => code.tag));
  const noted = showings.map((known) =>
    tags.has(known.tag) ? sighted(known, seen, begins) : missed(known, seen),
  );
  for (const known of showings) tags.delete(known.tag);
  if (begins && tags.size > 0) {
    const begun = [...tags].map((tag) => fresh(tag, seen));
    const byAge = [...noted, ...begun].toSorted((one, other) => one.seenAt - other.seenAt);
    return byAge.slice(-limits.showingsKept);
  }
  return noted.some((known, at) => known !== showings[at]) ? noted : showings;
}

function fresh(tag: string, { camera, capturedAt }: CodesObserved): Showing {
  return { tag, camera, seenAt: capturedAt, missedAt: null, stage: 'fresh' };
}

function sighted(known: Showing, seen: CodesObserved, begins: boolean): Showing {
  if (seen.capturedAt <= known.seenAt) return known;
  if (known.stage === 'over') return begins ? fresh(known.tag, seen) : known;
  return { ...known, camera: seen.camera, seenAt: seen.capturedAt, missedAt: null };
}

function missed(known: Showing, { camera, capturedAt: at }: CodesObserved): Showing {
  if (known.stage === 'over' || camera !== known.camera || at <= known.seenAt) return known;
  if (known.missedAt === null) return { ...known, missedAt: at };
  if (at - known.missedAt < limits.showingEndsMs) return known;
  // What was captured before this look, and comes after it, is still of the showing that ended.
  return { ...known, stage: 'over', seenAt: at, missedAt: null };
}

/** The first code of a frame whose showing has not counted yet, or null. */
function freshCode(showings: readonly Showing[], seen: CodesObserved): OwnCode | null {
  const isFresh = (code: OwnCode) =>
    showings.some(
      (known) =>
        known.tag === code.tag && known.stage === 'fresh' && known.seenAt === seen.capturedAt,
    );
  return ownCodes(seen).find(isFresh) ?? null;
}

/**
 * The code that waits for its frame's face: the one that waits already, while it may still open the door, else the
 * fresh one of this frame. Were the newest to wait, a slow face would never catch up with it.
 */
export function heldCode(
  held: HeldCode | null,
  showings: readonly Showing[],
  seen: CodesObserved,
  now: number,
): HeldCode | null {
  if (held && now < held.capturedAt + limits.codeAgeMs) return held;
  const code = freshCode(showings, seen);
  const { frame, capturedAt } = seen;
  return code && { frame, capturedAt, tag: code.tag, sealed: code.sealed };
}

/** The showings, with that one counted: the registry is asked about it. */
export function counted(showings: readonly Showing[], tag: string): readonly Showing[] {
  return showings.map((known) => (known.tag === tag ? { ...known, stage: 'asked' } : known));
}

/** The showings, once the registry has said that the code it was asked about is used up or wrong. */
export function spent(showings: readonly Showing[]): readonly Showing[] {
  return showings.map((known) => (known.stage === 'asked' ? { ...known, stage: 'spent' } : known));
}

/** The showings, once the registry has said that it would rather look later: the one that it was asked about counts anew. */
export function unanswered(showings: readonly Showing[]): readonly Showing[] {
  return showings.map((known) => (known.stage === 'asked' ? { ...known, stage: 'fresh' } : known));
}

/**
 * The showings that a new attempt begins with: a code that opened this door, or was wrong, does not count again for as
 * long as it is held up. One that was not answered, or is good but for its person, counts anew.
 */
export function carriedOver(showings: readonly Showing[]): readonly Showing[] {
  return showings.filter(({ stage }) => stage === 'spent' || stage === 'over');
}
