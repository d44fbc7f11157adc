import { randomUUID } from 'node:crypto';
import type { CodesObserved, FacesObserved } from '@latchkey/contracts';
import { apply, type Done, type DoorEntry, newEntry, strikeOut } from './door-entry.pure.js';
import { limits } from './limits.js';
import { Chronicle } from './saga.chronicle.js';
import { answer, rules } from './saga.fixtures.js';
import { SimulatedRegistry } from './saga.registry.js';
import type { DoorRules, EffectOf, Input, InputOf } from './saga.types.js';

const OUTCOMES = ['granted', 'denied', 'expired', 'abandoned'];

/** A replica of auth as far as the bucket sees it: who it is in this life, and the entry that it last heard of. */
interface Replica {
  me: string;
  known: { entry: DoorEntry | null; revision: number };
  /** How many of the policy's changes it has heard of. */
  heard: number;
  /** What it carried out before it was frozen. */
  inHand: Done | null;
}

/** How carrying out goes; `slow`: the answer comes when it may be too late; `confused`: it names somebody else. */
export type Manner = 'well' | 'slow' | 'dies' | 'no-answer' | 'photograph-lost' | 'confused';
const SLOW_MS = 1_500;

type Told = EffectOf<'publish'>;

/** One door between replicas, a broker and a registry, in memory, with a clock that only moves when told to. */
export class World {
  now = 1_790_000_000_000;
  readonly registry: SimulatedRegistry;
  readonly chronicle = new Chronicle();
  /** All frames so far, as they were captured. */
  readonly faces: FacesObserved[] = [];
  readonly codes: CodesObserved[] = [];
  /** What was published, doubles too. */
  readonly published: Told[] = [];
  readonly #replicas: Replica[];
  #stored: { entry: DoorEntry | null; revision: number } = { entry: null, revision: 0 };
  readonly #policies: (DoorRules | null)[] = [rules];

  /** How long it took until nothing was owed or due any more. */
  drainedMs = 0;

  /** `isStoredAsJson`: the door's entry is written as the broker does it, which costs most of a story's time. */
  constructor(
    replicas: number,
    readonly isStoredAsJson = true,
    wrongBefore = 0,
  ) {
    const known = this.#stored;
    const one = () => ({ me: randomUUID(), known, heard: 1, inHand: null });
    this.#replicas = Array.from({ length: replicas }, one);
    this.registry = new SimulatedRegistry(wrongBefore);
    this.#tellPolicy(0, true);
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

  get isAsItsPolicySays(): boolean {
    return JSON.stringify(this.entry?.door.rules) === JSON.stringify(this.#policies.at(-1));
  }

  /** An operator changes the policy; replicas hear of it when they hear of it. */
  setRules(changed: DoorRules | null): void {
    this.#policies.push(changed);
  }

  /** The replica hears of the next change of the policy. @returns whether there was any */
  hearPolicy(which: number): boolean {
    const replica = this.#replica(which);
    if (replica.heard === this.#policies.length) return false;
    replica.heard += 1;
    this.#tellPolicy(which, false);
    return true;
  }

  tell(which: number, input: Input): void {
    const { me } = this.#replica(which);
    if ('seen' in input && !this.#isPassedOver(which, input))
      this.chronicle.hear(input.seen, this.now);
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
    replica.inHand = null;
    replica.heard = this.#policies.length;
    this.#tellPolicy(which, true);
  }

  /** The replica carries out what comes next, if that is for it. @returns whether there was anything */
  carry(which: number, how: Manner): boolean {
    const replica = this.#replica(which);
    const next = this.#nextFor(replica);
    if (!next) return false;
    const done: Done = { n: next.n, ...this.#carryOut(next.effect, how) };
    if (how === 'slow') this.now += SLOW_MS;
    if (how === 'dies') this.crash(which);
    else this.#commit(which, (entry) => strikeOut(entry, done, this.now, replica.me));
    return true;
  }

  /** The replica carries on up to a code's question, has its answer, and is frozen. @returns whether there was any */
  freezeWithAnswer(which: number): boolean {
    const replica = this.#replica(which);
    let next = this.#nextFor(replica);
    while (next && next.effect.do !== 'use-code') {
      this.carry(which, 'well');
      next = this.#nextFor(replica);
    }
    if (!next) return false;
    replica.inHand = { n: next.n, ...this.#carryOut(next.effect, 'well') };
    return true;
  }

  /** It goes on where it was frozen. */
  thaw(which: number): void {
    const replica = this.#replica(which);
    const done = replica.inHand;
    replica.inHand = null;
    if (done) this.#commit(which, (entry) => strikeOut(entry, done, this.now, replica.me));
  }

  /** Nothing goes wrong any more: all that is owed is carried out and all that is due happens. */
  drain(): void {
    const from = this.now;
    for (const which of this.#replicas.keys()) while (this.hearPolicy(which));
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

  #nextFor({ me, known: { entry } }: Replica): DoorEntry['owed'][number] | null {
    const next = entry?.owed[0];
    const isMine = next && (next.by === me || next.since + limits.takeOverMs <= this.now);
    return isMine ? next : null;
  }

  #policy(which: number, isRead: boolean): InputOf<'policy'> {
    const { heard } = this.#replica(which);
    return { on: 'policy', rules: this.#policies[heard - 1] ?? null, revision: heard, isRead };
  }

  #tellPolicy(which: number, isRead: boolean): void {
    this.tell(which, this.#policy(which, isRead));
  }

  #replica(which: number): Replica {
    return this.#replicas[which % this.#replicas.length] as Replica;
  }

  /** As the keeper does it: by what is known; where another was faster, anew. */
  #commit(which: number, change: (entry: DoorEntry) => DoorEntry): void {
    const replica = this.#replica(which);
    for (;;) {
      const { entry, revision } = replica.known;
      const next = change(entry ?? this.#fresh(which));
      if (next === entry) return;
      if (revision === this.#stored.revision) {
        const stored = this.isStoredAsJson ? (JSON.parse(JSON.stringify(next)) as DoorEntry) : next;
        this.#stored = { entry: stored, revision: revision + 1 };
        replica.known = this.#stored;
        this.chronicle.write(entry?.door, next.door, this.now);
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

  #fresh(which: number): DoorEntry {
    const { me } = this.#replica(which);
    return apply(newEntry('north'), this.#policy(which, true), this.now, me);
  }

  #carryOut(effect: DoorEntry['owed'][number]['effect'], how: Manner): Omit<Done, 'n'> {
    if (effect.do === 'publish') this.published.push(effect);
    if (effect.do === 'keep-photograph') return { isLost: how === 'photograph-lost' };
    if (effect.do === 'send-new-code') {
      return { answer: { on: 'new-code-answered', attempt: effect.attempt, outcome: 'sent' } };
    }
    if (effect.do !== 'use-code') return {};
    const { attempt, frame } = effect;
    const told =
      how === 'confused'
        ? answer('granted', { person: 'eve' })
        : this.registry.useCode(effect, this.now);
    return how === 'no-answer'
      ? { answer: { on: 'no-answer', attempt, frame } }
      : { answer: { on: 'code-checked', attempt, frame, answer: told } };
  }
}
