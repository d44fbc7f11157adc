const MOST_DOORS = 10_000;

/** Whose turn it is to keep a snapshot: a door's pictures are at least `everyMs` apart, whichever worker keeps them. */
export class SnapshotTurns {
  readonly #everyMs: number;
  /** By door: the capture time of the last picture that was kept, here or by another worker. */
  readonly #lastAt = new Map<string, number>();

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** @param capturedAt milliseconds since 1970 */
  take(door: string, capturedAt: number): boolean {
    if (Math.abs(capturedAt - (this.#lastAt.get(door) ?? 0)) < this.#everyMs) return false;
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
