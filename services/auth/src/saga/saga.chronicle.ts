import type { CodesObserved, FacesObserved } from '@latchkey/contracts';
import { presenceFaults } from './saga.presence-faults.js';
import { promised } from './saga.promises.js';
import type { Door, StateOf } from './saga.types.js';

type Seen = FacesObserved | CodesObserved;
type Watching = StateOf<'identifying' | 'challenged' | 'awaiting-code' | 'checking-code'>;
type Recognised = StateOf<'awaiting-code' | 'checking-code'>;

/** A code as it was first put to the registry. */
export interface Asked {
  readonly attempt: string;
  readonly camera: string;
  readonly frame: string;
  readonly sealed: string;
  readonly capturedAt: number;
  /** The faces that the door could know of then. */
  readonly faces: readonly FacesObserved[];
  /** How many looks for codes it could know of. */
  readonly sought: number;
}

/** A look for codes that reached the door, in the order of hearing, and the texts that it found. */
interface Sought {
  readonly camera: string;
  readonly at: number;
  readonly found: readonly string[];
}

/** What a door could know of, and what its entry said each time it was written. */
export class Chronicle {
  readonly asked: Asked[] = [];
  readonly sought: Sought[] = [];
  /** Frames whose codes the registry called wrong, as far as the door was told. */
  readonly refused = new Set<string>();
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
    else this.#seek(seen);
  }

  #seek({ camera, capturedAt: at, codes }: CodesObserved): void {
    const found = codes.flatMap((code) => (code.kind === 'latchkey' ? [code.sealed] : []));
    this.sought.push({ camera, at, found });
  }

  /** The door's entry is written. */
  write(before: Door | undefined, after: Door, now: number): void {
    const { state } = after;
    const was = before?.state;
    if (was?.kind === 'checking-code' && isRefusal(was, state)) this.refused.add(was.check.frame);
    if (after.policyRevision < (before?.policyRevision ?? 0)) this.faults.add('an older policy');
    if (!('looks' in state)) return;
    for (const fault of presenceFaults(was, state, this.#faces)) this.faults.add(fault);
    if (after.rules === null || after.rules.outOfService)
      this.faults.add('an attempt at a closed door');
    // A door that comes to rest and leaves it in one step was at rest now.
    const restedAt = before?.state.kind === 'idle' ? before.state.since : now;
    this.#noteAttempt(state, restedAt);
    if (!state.looks.every((look) => this.#isFair(look.frame, look.at, state)))
      this.faults.add('something foreign or late counted');
    if (state.kind === 'awaiting-code' || state.kind === 'checking-code')
      this.#noteCodes(state, now);
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
    const { id: attempt, camera, line } = state.attempt;
    if (this.asked.some((one) => one.attempt === attempt && one.frame === frame)) return;
    if (now >= capturedAt + promised.codeAgeMs) this.faults.add('a code asked about too late');
    if (now >= state.deadline) this.faults.add('a code asked about after the wait for it');
    const [faces, sought] = [this.#facesOf({ camera, line }), this.sought.length];
    this.asked.push({ attempt, camera, frame, sealed, capturedAt, faces, sought });
  }

  #facesOf(from: By): readonly FacesObserved[] {
    return this.#faces.filter((seen) => isBy(seen, from));
  }

  /** Whether it came in time, from the attempt's door, camera and line, and was captured in the attempt. */
  #isFair(frame: string, at: number, { attempt }: Watching): boolean {
    const seen = this.#fair.get(frame);
    return seen !== undefined && isBy(seen, attempt) && at >= attempt.startedAt;
  }
}

/** A camera, and the connection of it. */
type By = Pick<Watching['attempt'], 'camera' | 'line'>;

function isBy(seen: Seen, { camera, line }: By): boolean {
  return seen.camera === camera && (seen.line ?? null) === line;
}

function isRefusal(before: Recognised, { kind, ...after }: Door['state']): boolean {
  if (kind === 'awaiting-code' && 'refusals' in after) return after.refusals > before.refusals;
  return kind === 'settled' && 'reason' in after && after.reason === 'wrong-code';
}
