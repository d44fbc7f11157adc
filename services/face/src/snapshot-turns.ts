const MOST_DOORS = 10_000;

/** A worker whose frames are older than this when it has looked at them is behind. */
export const BEHIND_MS = 500;
/** How much rarer pictures are kept of people who are known: few of them are ever needed. */
const KNOWN_FACTOR = 3;
/** How much rarer they are kept by a worker that is behind: to look for codes in a picture costs as much as a frame or two. */
const BEHIND_FACTOR = 5;

/**
 * How far apart a door's pictures are to be.
 * @param everyMs the least, for strangers before a worker that keeps up
 */
export function snapshotPaceMs(
  everyMs: number,
  { isKnown, ageMs }: { readonly isKnown: boolean; readonly ageMs: number },
): number {
  if (ageMs > BEHIND_MS) return everyMs * BEHIND_FACTOR;
  return isKnown ? everyMs * KNOWN_FACTOR : everyMs;
}

/** Whose turn it is to keep a snapshot: a door's pictures are so far apart, whichever worker keeps them. */
export class SnapshotTurns {
  /** By door: the capture time of the last picture that was kept, here or by another worker. */
  readonly #lastAt = new Map<string, number>();

  /** @param capturedAt milliseconds since 1970 */
  take(door: string, capturedAt: number, everyMs: number): boolean {
    if (Math.abs(capturedAt - (this.#lastAt.get(door) ?? 0)) < everyMs) return false;
    this.note(door, capturedAt);
    return true;
  }

  /** Another worker kept one. */
  note(door: string, capturedAt: number): void {
    this.#lastAt.delete(door);
    this.#lastAt.set(door, capturedAt);
    if (this.#lastAt.size <= MOST_DOORS) return;
    const [oldest] = this.#lastAt.keys();
    if (oldest !== undefined) this.#lastAt.delete(oldest);
  }
}
