import { randomUUID } from 'node:crypto';
import type { CodesObserved, FacesObserved } from '@latchkey/contracts';
import { apply, type Done, type DoorEntry, newEntry, strikeOut } from './door-entry.pure.js';
import { limits } from './limits.js';
import { answer, rules } from './saga.fixtures.js';
import type { CodeAnswer, DoorRules, EffectOf, Input } from './saga.types.js';

const OUTCOMES = ['granted', 'denied', 'expired', 'abandoned'];

/** A replica of auth as far as the bucket sees it: who it is in this life, and the entry that it last heard of. */
interface Replica {
  me: string;
  known: { entry: DoorEntry | null; revision: number };
}

/** How carrying out goes; `slow`: the answer comes when it may be too late. */
export type Manner = 'well' | 'slow' | 'dies' | 'no-answer' | 'photograph-lost';
const SLOW_MS = 1_500;

type Told = EffectOf<'publish'>;

/** The registry: whose each code is, by its tag; a code is used up by one attempt. */
class SimulatedRegistry {
  readonly owners = new Map([
    ['ada-1', 'ada'],
    ['ada-2', 'ada'],
    ['bob-1', 'bob'],
  ]);
  readonly usedBy = new Map<string, { readonly attempt: string; readonly at: number }>();
  #wrong = 0;

  useCode(question: EffectOf<'use-code'>, now: number): CodeAnswer {
    const tag = question.sealed;
    const used = this.usedBy.get(tag)?.attempt;
    const owner = this.owners.get(tag) ?? null;
    const [person = null] = question.candidates;
    if (now >= question.notAfter)
      return answer('too-late', { person, used: used === question.attempt });
    if (used === question.attempt) return answer('granted', { person: owner });
    if (owner === null || used) {
      this.#wrong += 1;
      const remaining = Math.max(0, 5 - this.#wrong);
      return answer('wrong', { person, wrongCount: this.#wrong, remaining });
    }
    if (!question.candidates.includes(owner)) return answer('mismatch', { person });
    this.usedBy.set(tag, { attempt: question.attempt, at: now });
    return answer('granted', { person: owner });
  }
}

/** One door between replicas, a broker and a registry, in memory, with a clock that only moves when told to. */
export class World {
  now = 1_790_000_000_000;
  readonly registry = new SimulatedRegistry();
  /** All frames so far, as they were captured. */
  readonly faces: FacesObserved[] = [];
  readonly codes: CodesObserved[] = [];
  /** The faces that the door could know of when a code's frame was first put to the registry, by frame. */
  readonly knownAt = new Map<string, readonly FacesObserved[]>();
  /** What was published, doubles too. */
  readonly published: Told[] = [];
  readonly #replicas: Replica[];
  readonly #heard: FacesObserved[] = [];
  #stored: { entry: DoorEntry | null; revision: number } = { entry: null, revision: 0 };
  #rules: DoorRules | null = rules;

  /** How long it took until nothing was owed or due any more. */
  drainedMs = 0;

  /** `isStoredAsJson`: the door's entry is written as the broker does it, which costs most of a story's time. */
  constructor(
    replicas: number,
    readonly isStoredAsJson = true,
  ) {
    const known = this.#stored;
    this.#replicas = Array.from({ length: replicas }, () => ({ me: randomUUID(), known }));
    this.tell(0, { on: 'policy', rules });
  }

  get entry(): DoorEntry | null {
    return this.#stored.entry;
  }

  /** What the broker stored: the first of each message id. */
  get stored(): Told[] {
    return [
      ...new Map(this.published.toReversed().map((one) => [one.id, one])).values(),
    ].toReversed();
  }

  setRules(which: number, changed: DoorRules | null): void {
    this.#rules = changed;
    this.tell(which, { on: 'policy', rules: changed });
  }

  tell(which: number, input: Input): void {
    const { me } = this.#replica(which);
    if (input.on === 'faces' && !this.#isPassedOver(which, input)) this.#hearOf(input.seen);
    this.#commit(which, (entry) => apply(entry, input, this.now, me));
  }

  /** The replica hears of what was written; until then it goes by what it knows. */
  hear(which: number): void {
    this.#replica(which).known = this.#stored;
  }

  /** The process dies and another begins, knowing what is stored. */
  crash(which: number): void {
    const replica = this.#replica(which);
    replica.me = randomUUID();
    replica.known = this.#stored;
  }

  /** The replica carries out what comes next, if that is for it. @returns whether there was anything */
  carry(which: number, how: Manner): boolean {
    const replica = this.#replica(which);
    const next = replica.known.entry?.owed[0];
    const isMine = next && (next.by === replica.me || next.since + limits.takeOverMs <= this.now);
    if (!isMine) return false;
    const done: Done = { n: next.n, ...this.#carryOut(next.effect, how) };
    if (how === 'slow') this.now += SLOW_MS;
    if (how === 'dies') this.crash(which);
    else this.#commit(which, (entry) => strikeOut(entry, done, this.now, replica.me));
    return true;
  }

  /** Nothing goes wrong any more: all that is owed is carried out and all that is due happens. */
  drain(): void {
    const from = this.now;
    this.#settle();
    this.drainedMs = this.now - from;
  }

  #settle(): void {
    for (let rounds = 0; rounds < 200; rounds++) {
      this.hear(0);
      this.tell(0, { on: 'due' });
      if (this.carry(0, 'well')) continue;
      const { entry } = this.#stored;
      const waits = [entry?.dueAt ?? null, entry?.owed[0] ? this.now + limits.takeOverMs : null];
      const next = waits.filter((at) => at !== null);
      if (next.length === 0) return;
      this.now = Math.max(this.now + 1, Math.min(...next));
    }
  }

  attempts(): Map<string, Told[]> {
    return Map.groupBy(this.published, (one) => one.attempt);
  }

  static isOutcome(this: void, one: Told): boolean {
    return OUTCOMES.some((outcome) => one.type === `lk.v1.access.${outcome}`);
  }

  #replica(which: number): Replica {
    return this.#replicas[which % this.#replicas.length] as Replica;
  }

  /** As the keeper does it: by what is known; where another was faster, anew. */
  #commit(which: number, change: (entry: DoorEntry) => DoorEntry): void {
    const replica = this.#replica(which);
    for (;;) {
      const { entry, revision } = replica.known;
      const next = change(entry ?? this.#fresh(replica.me));
      if (next === entry) return;
      if (revision === this.#stored.revision) {
        const stored = this.isStoredAsJson ? (JSON.parse(JSON.stringify(next)) as DoorEntry) : next;
        this.#stored = { entry: stored, revision: revision + 1 };
        replica.known = this.#stored;
        this.#noteQuestion(next);
        return;
      }
      replica.known = this.#stored;
    }
  }

  /**
   * Whether the replica lets it go by an entry that another has replaced meanwhile, and doesn't look again: to the door,
   * that is a frame that was lost. Replicas hear of each other's writes within milliseconds; here it may take for ever.
   */
  #isPassedOver(which: number, input: Input): boolean {
    const { me, known } = this.#replica(which);
    if (known.revision === this.#stored.revision || known.entry === null) return false;
    return apply(known.entry, input, this.now, me) === known.entry;
  }

  #hearOf(seen: FacesObserved): void {
    const ageMs = this.now - seen.capturedAt;
    const isTimely = ageMs <= limits.faceAgeMs && ageMs >= -limits.clockAheadMs;
    if (isTimely && seen.door === 'north' && seen.camera === 'main') this.#heard.push(seen);
  }

  #noteQuestion({ door: { state } }: DoorEntry): void {
    if (state.kind !== 'checking-code' || this.knownAt.has(state.check.frame)) return;
    this.knownAt.set(state.check.frame, [...this.#heard]);
  }

  #fresh(me: string): DoorEntry {
    return apply(newEntry('north'), { on: 'policy', rules: this.#rules }, this.now, me);
  }

  #carryOut(effect: DoorEntry['owed'][number]['effect'], how: Manner): Omit<Done, 'n'> {
    if (effect.do === 'publish') this.published.push(effect);
    if (effect.do === 'keep-photograph') return { isLost: how === 'photograph-lost' };
    if (effect.do === 'send-new-code') {
      return { answer: { on: 'new-code-answered', attempt: effect.attempt, outcome: 'sent' } };
    }
    if (effect.do !== 'use-code') return {};
    const { attempt, frame } = effect;
    const answered = this.registry.useCode(effect, this.now);
    return how === 'no-answer'
      ? { answer: { on: 'no-answer', attempt, frame } }
      : { answer: { on: 'code-checked', attempt, frame, answer: answered } };
  }
}
