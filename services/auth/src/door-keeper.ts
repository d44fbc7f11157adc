import { setTimeout as delay } from 'node:timers/promises';
import { type Bucket, type Entry, Failure, type Logger } from '@latchkey/runtime';
import { displayOf } from './saga/display.pure.js';
import type { Done, DoorEntry, Owed } from './saga/door-entry.pure.js';
import { apply, newEntry, strikeOut } from './saga/door-entry.pure.js';
import type { EffectCarrier } from './effect-carrier.js';
import { FOREIGN, type KeptEntry } from './signed-doors.js';
import { limits } from './saga/limits.js';
import type { Input, InputOf } from './saga/saga.types.js';

/** What a door is kept with. */
export interface KeeperFacts {
  readonly bucket: Bucket<KeptEntry>;
  readonly carrier: EffectCarrier;
  readonly log: Logger;
  /** By the broker's clock. */
  readonly nowMs: () => number;
  /** What is known here of a door's policy. */
  readonly policyOf: (door: string) => Pick<InputOf<'policy'>, 'rules' | 'revision'>;
  /** This replica, in this life of it. */
  readonly me: string;
}

/** Whoever loses so often in a row has met something else than other replicas. */
const MAX_CONFLICTS = 20;
const RETRY_MS = 250;
/** How soon a timer that fired too early is armed again. */
const EARLY_MS = 10;
/** Whatever hangs is left to another replica. */
const CLOSE_MS = 3_000;

type Change = (entry: DoorEntry, now: number) => DoorEntry;

/**
 * One door as this replica keeps it: what comes is applied in one compare-and-set, what is then owed is carried out in
 * order and struck out, what is due has a timer, and what another replica has owed for too long is taken over.
 */
export class DoorKeeper {
  readonly #id: string;
  readonly #with: KeeperFacts;
  /** The newest entry that is known here; null: there is none; undefined: not known. */
  #known: Entry<KeptEntry> | null | undefined;
  #commits: Promise<void> = Promise.resolve();
  #carrying: Promise<void> | undefined;
  #dueTimer: NodeJS.Timeout | undefined;
  #owedTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(id: string, facts: KeeperFacts) {
    this.#id = id;
    this.#with = facts;
  }

  /** Applies an input. Resolves once it is written, or where it changes nothing. @throws Failure, retryable */
  async tell(input: Input): Promise<void> {
    await this.#commit((entry, now) => apply(entry, input, now, this.#with.me));
  }

  /** Hears of the entry as it was written, here or by another replica; null: it is gone. */
  learn(entry: Entry<KeptEntry> | null): void {
    if (entry && this.#known && entry.revision <= this.#known.revision) return;
    this.#known = entry;
    this.#tend();
  }

  /** What was known may be of a broker that has lost it. */
  forget(): void {
    this.#known = undefined;
  }

  async showIfLost(): Promise<void> {
    if (!this.#entry) return;
    const shown = displayOf(this.#entry.door, this.#with.nowMs());
    await this.#with.carrier.showIfLost(this.#id, { do: 'show', ...shown });
  }

  /** Stops the timers and waits for what is under way. What is still owed is taken over by another replica. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#dueTimer);
    clearTimeout(this.#owedTimer);
    const atWork = Promise.all([this.#carrying, this.#commits]);
    await Promise.race([atWork, delay(CLOSE_MS, undefined, { ref: false })]);
  }

  get #entry(): DoorEntry | undefined {
    return entryOf(this.#known);
  }

  /** One after the other, so that this replica is not in conflict with itself. */
  async #commit(change: Change): Promise<void> {
    const mine = this.#commits.then(() => this.#write(change));
    this.#commits = mine.catch(() => undefined);
    await mine;
  }

  async #write(change: Change): Promise<void> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const known = this.#known === undefined ? await this.#read() : this.#known;
      const before = entryOf(known) ?? this.#fresh();
      const value = change(before, this.#with.nowMs());
      // A door that's met for the first time is written down, whatever came.
      if (value === known?.value) return;
      const revision = known
        ? await this.#with.bucket.update(this.#id, value, known.revision)
        : await this.#with.bucket.create(this.#id, value);
      if (revision !== 'conflict') return this.learn({ value, revision });
      await this.#read();
    }
    throw Failure.retryable(
      'LK-BUS-006',
      `The door ${this.#id} is written by others all the time.`,
    );
  }

  async #read(): Promise<Entry<KeptEntry> | null> {
    const entry = await this.#with.bucket.get(this.#id);
    this.#known = entry;
    this.#tend();
    return entry;
  }

  #fresh(): DoorEntry {
    const policy = { on: 'policy', ...this.#with.policyOf(this.#id), isRead: true } as const;
    return apply(newEntry(this.#id), policy, this.#with.nowMs(), this.#with.me);
  }

  #tend(): void {
    if (this.#closed) return;
    this.#armDue();
    this.#carrying ??= this.#carryAll().finally(() => (this.#carrying = undefined));
  }

  #armDue(atLeastMs = 0): void {
    clearTimeout(this.#dueTimer);
    const dueAt = this.#entry?.dueAt;
    if (this.#closed || dueAt === null || dueAt === undefined) return;
    const wait = Math.max(atLeastMs, dueAt - this.#with.nowMs());
    this.#dueTimer = setTimeout(() => void this.#due(), wait);
  }

  async #due(): Promise<void> {
    try {
      await this.tell({ on: 'due' });
      // A timer may fire before its time by the broker's clock, and nothing else would come at a door where nobody stands.
      this.#armDue(EARLY_MS);
    } catch (err) {
      this.#with.log.warn(
        { err, door: this.#id },
        'what is due could not be written; trying again',
      );
      if (!this.#closed) this.#dueTimer = setTimeout(() => void this.#due(), RETRY_MS);
    }
  }

  /** Carries out what is owed, in order, until there is nothing left that is for this replica. */
  async #carryAll(): Promise<void> {
    clearTimeout(this.#owedTimer);
    while (!this.#closed) {
      const [first] = this.#entry?.owed ?? [];
      if (!first) return;
      const waitMs = this.#waitMs(first);
      if (waitMs > 0) return this.#lookAgain(waitMs);
      try {
        await this.#carryBatch();
      } catch (err) {
        this.#with.log.warn(
          { err, door: this.#id },
          'what is owed could not be done; trying again',
        );
        await delay(RETRY_MS, undefined, { ref: false });
      }
    }
  }

  /** Carries out up to the first question, whose answer may change what follows, and strikes it all out in one write. */
  async #carryBatch(): Promise<void> {
    const done: Done[] = [];
    let entry = this.#entry;
    try {
      while (entry && !done.at(-1)?.answer) {
        const [next] = entry.owed;
        if (!next || this.#waitMs(next) > 0) break;
        const one = { n: next.n, ...(await this.#with.carrier.carry(this.#id, next.effect)) };
        done.push(one);
        entry = one.answer ? undefined : strikeOut(entry, one, 0, this.#with.me);
      }
    } finally {
      if (done.length > 0) await this.#strikeOut(done);
    }
  }

  async #strikeOut(done: readonly Done[]): Promise<void> {
    const { me } = this.#with;
    let isLate = false;
    await this.#commit((entry, now) => {
      isLate = done.some(({ n }) => !entry.owed.some((one) => one.n === n));
      return done.reduce((left, one) => strikeOut(left, one, now, me), entry);
    });
    if (isLate) await this.#showAnew();
  }

  /** What was carried out late, after another replica had gone on, may have covered what the door shows now. */
  async #showAnew(): Promise<void> {
    const known = this.#entry;
    if (!known || known.owed.some((one) => one.effect.do === 'show')) return;
    const shown = displayOf(known.door, this.#with.nowMs());
    await this.#with.carrier.carry(this.#id, { do: 'show', ...shown });
  }

  #waitMs(owed: Owed): number {
    if (owed.by === this.#with.me) return 0;
    return owed.since + limits.takeOverMs - this.#with.nowMs();
  }

  #lookAgain(waitMs: number): void {
    clearTimeout(this.#owedTimer);
    this.#owedTimer = setTimeout(() => this.#tend(), waitMs);
  }
}

/** What stands there, where a replica of auth has written it. */
function entryOf(known: Entry<KeptEntry> | null | undefined): DoorEntry | undefined {
  return known && known.value !== FOREIGN ? known.value : undefined;
}
