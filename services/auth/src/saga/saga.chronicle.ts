import type { CodesObserved, FacesObserved } from '@latchkey/contracts';
import { promised } from './saga.promises.js';
import type { Door, StateOf } from './saga.types.js';

type Seen = FacesObserved | CodesObserved;
type Watching = StateOf<'identifying' | 'awaiting-code' | 'checking-code'>;
type Recognised = Exclude<Watching, StateOf<'identifying'>>;

/** A code as it was first put to the registry. */
export interface Asked {
  readonly attempt: string;
  readonly camera: string;
  readonly frame: string;
  readonly sealed: string;
  readonly capturedAt: number;
  /** The faces that the door could know of then. */
  readonly faces: readonly FacesObserved[];
}

/** A code that a door could see while it asked for one. */
interface Shown {
  readonly attempt: string;
  readonly sealed: string;
  readonly frame: string;
  readonly at: number;
}

/** What a door could know of, and what its entry said each time it was written. */
export class Chronicle {
  readonly asked: Asked[] = [];
  readonly shown: Shown[] = [];
  /** What an entry may never say, and did. */
  readonly faults = new Set<string>();
  readonly #fair = new Map<string, Seen>();
  #faces: readonly FacesObserved[] = [];
  #attempt: string | null = null;

  /** What reaches the door, before the door goes by it. */
  hear(seen: Seen, now: number): void {
    const ageMs = now - seen.capturedAt;
    const oldestMs = 'faces' in seen ? promised.faceAgeMs : promised.codeAgeMs;
    const isTimely = ageMs <= oldestMs && ageMs >= -promised.clockAheadMs;
    if (!isTimely || seen.door !== 'north') return;
    this.#fair.set(seen.frame, seen);
    if ('faces' in seen) this.#faces = [...this.#faces, seen];
  }

  /** Codes that reached the door, after it went by them. */
  show(seen: CodesObserved, after: Door): void {
    const { state } = after;
    if (state.kind !== 'awaiting-code' && state.kind !== 'checking-code') return;
    for (const code of seen.codes) {
      if (code.kind !== 'latchkey' || !this.#isFair(seen.frame, seen.capturedAt, state)) continue;
      const { frame, capturedAt: at } = seen;
      this.shown.push({ attempt: state.attempt.id, sealed: code.sealed, frame, at });
    }
  }

  /** The door's entry is written. */
  write(before: Door | undefined, after: Door, now: number): void {
    const { state } = after;
    if (after.policyRevision < (before?.policyRevision ?? 0)) this.faults.add('an older policy');
    if (!('looks' in state)) return;
    if (after.rules === null || after.rules.outOfService)
      this.faults.add('an attempt at a closed door');
    // A door that comes to rest and leaves it in one step was at rest now.
    const restedAt = before?.state.kind === 'idle' ? before.state.since : now;
    this.#noteAttempt(state, restedAt);
    if (!state.looks.every((look) => this.#isFair(look.frame, look.at, state)))
      this.faults.add('something foreign or late counted');
    if (state.kind !== 'identifying') this.#noteCodes(state, now);
  }

  #noteAttempt({ attempt }: Watching, restedAt: number): void {
    if (attempt.id === this.#attempt) return;
    this.#attempt = attempt.id;
    if (attempt.startedAt < restedAt) this.faults.add('an attempt began with what was over');
  }

  #noteCodes(state: Recognised, now: number): void {
    const { held } = state;
    if (held && !this.#isFair(held.frame, held.capturedAt, state))
      this.faults.add('something foreign or late counted');
    if (state.kind !== 'checking-code') return;
    const { frame, sealed, capturedAt } = state.check;
    const { id: attempt, camera } = state.attempt;
    if (this.asked.some((one) => one.attempt === attempt && one.frame === frame)) return;
    if (now >= capturedAt + promised.codeAgeMs) this.faults.add('a code asked about too late');
    if (now >= state.deadline) this.faults.add('a code asked about after the wait for it');
    this.asked.push({ attempt, camera, frame, sealed, capturedAt, faces: this.#facesOf(camera) });
  }

  #facesOf(camera: string): readonly FacesObserved[] {
    return this.#faces.filter((seen) => seen.camera === camera);
  }

  /** Whether it came in time, from the attempt's door and camera, and was captured in the attempt. */
  #isFair(frame: string, at: number, { attempt }: Watching): boolean {
    return this.#fair.get(frame)?.camera === attempt.camera && at >= attempt.startedAt;
  }
}
