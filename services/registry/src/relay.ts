import {
  applicantNotice,
  codeIssued,
  codeLocked,
  codeNotice,
  codeUnlocked,
  codeUsed,
  doorChanged,
  doorCreated,
  doorLockTested,
  doorRemoved,
  type EventDefinition,
  lockTest,
  personAbandoned,
  personDeleted,
  personEnrolled,
  personResumed,
  personChanged,
  personSuspended,
} from '@latchkey/contracts';
import { type Bus, Failure, publishEvent, type Signer, signOpening } from '@latchkey/runtime';
import { neverItsTurn, TRIES, takeTurn } from './change.js';
import type { AuditLog } from './audit-log.js';
import type { OutboxItem, OwedEvent } from './domain/outbox.pure.js';
import type { CollectionDefinition, Store } from './store/store.port.js';

const SWEEP_MS = 1_000;
const SWEEP_MAX_MS = 10_000;
const SWEEP_PAGE = 100;

const definitions: ReadonlyMap<string, EventDefinition> = new Map(
  (
    [
      applicantNotice,
      codeIssued,
      codeLocked,
      codeNotice,
      codeUnlocked,
      codeUsed,
      doorChanged,
      doorCreated,
      doorLockTested,
      doorRemoved,
      lockTest,
      personAbandoned,
      personDeleted,
      personEnrolled,
      personResumed,
      personChanged,
      personSuspended,
    ] as EventDefinition[]
  ).map((definition) => [definition.type, definition]),
);

/** A document that may owe something; `gone`: a tombstone, removed once nothing is owed. */
interface Debtor {
  readonly state: string;
  readonly outbox: readonly OutboxItem[];
}

/** A kind of document whose outbox is relayed, and how what others hold of it is brought in step or dropped. */
export interface RelayedKind<D extends Debtor = Debtor> {
  readonly collection: CollectionDefinition<D>;
  readonly sync: (id: string) => Promise<void>;
  /** Only where documents of this kind owe it. */
  readonly drop?: (id: string, beforeMs: number) => Promise<void>;
}

/** What a relay works with. */
export interface RelayFacts {
  readonly bus: Bus;
  readonly store: Store;
  /** Signs what opens a lock. */
  readonly audit: Pick<AuditLog, 'append'>;
  readonly signer: Signer;
}

/**
 * Carries out what documents owe, then strikes it out by compare-and-set. It may do a thing twice, after a crash between
 * the two: events have message ids, audit entries ids, and bucket entries follow the document.
 */
export class Relay {
  readonly #bus: Bus;
  readonly #store: Store;
  readonly #audit: Pick<AuditLog, 'append'>;
  readonly #signer: Signer;
  readonly #kinds: readonly RelayedKind[];
  readonly #busy = new Map<string, Promise<void>>();
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor({ bus, store, audit, signer }: RelayFacts, kinds: readonly RelayedKind[]) {
    this.#bus = bus;
    this.#store = store;
    this.#audit = audit;
    this.#signer = signer;
    this.#kinds = kinds;
  }

  /** Begins to look, once a second, for what a crash or an absent broker left over. */
  start(): void {
    this.#bus.onReconnect(() => this.#sweepIn(0));
    this.#sweepIn(0);
  }

  /** Carries out what one document owes, soon; what fails is left to the sweep. */
  nudge(collection: { readonly name: string }, id: string): void {
    if (this.#closed || !this.#bus.isConnected()) return;
    this.settle(collection, id).catch((err: unknown) => {
      this.#bus.log.warn({ err, collection: collection.name, id }, 'owed events wait');
    });
  }

  /** Carries out what one document owes. @throws Failure where some of it could not be done; the rest is done. */
  settle(collection: { readonly name: string }, id: string): Promise<void> {
    const key = `${collection.name}/${id}`;
    const before = this.#busy.get(key) ?? Promise.resolve();
    // One after the other: what was owed after the first began may have passed it by.
    const settled = before
      .catch(() => undefined)
      .then(() => this.#settleOne(this.#kindOf(collection.name), id));
    const busy = settled.finally(() => {
      if (this.#busy.get(key) === busy) this.#busy.delete(key);
    });
    this.#busy.set(key, busy);
    return busy;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await Promise.allSettled(this.#busy.values());
  }

  /** Carries out all that is owed by anyone. */
  async sweep(): Promise<void> {
    for (const { collection } of this.#kinds) {
      let after = '';
      do {
        const page = await this.#store.find(collection, { owes: 1 }, { after, limit: SWEEP_PAGE });
        for (const { id } of page.items) await this.settle(collection, id);
        after = page.next;
      } while (after !== '' && !this.#closed);
    }
  }

  #sweepIn(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#sweepOnce(), ms);
    this.#timer.unref();
  }

  async #sweepOnce(): Promise<void> {
    try {
      if (this.#bus.isConnected()) await this.sweep();
      this.#failures = 0;
    } catch (err) {
      this.#failures += 1;
      this.#bus.log.warn({ err, failures: this.#failures }, 'what is owed cannot be relayed yet');
    }
    this.#sweepIn(Math.min(SWEEP_MAX_MS, SWEEP_MS * 2 ** Math.min(this.#failures, 8)));
  }

  async #settleOne(kind: RelayedKind, id: string): Promise<void> {
    const stored = await this.#store.get(kind.collection, id);
    if (!stored) return;
    const { done, failure } = await this.#carryOut(kind, id, stored.document.outbox);
    await this.#strike(kind, id, done);
    if (failure !== undefined) throw failure;
  }

  /** Tries every kind of work; after an event that fails no later one is tried, so that their order stays. */
  async #carryOut(kind: RelayedKind, id: string, outbox: readonly OutboxItem[]) {
    const done = new Set<string>();
    const failed = new Map<OutboxItem['kind'], unknown>();
    for (const item of outbox) {
      if (failed.has(item.kind)) continue;
      try {
        await this.#carryOutOne(kind, id, item);
        done.add(item.id);
      } catch (error) {
        failed.set(item.kind, error);
      }
    }
    return { done, failure: [...failed.values()][0] };
  }

  async #carryOutOne(kind: RelayedKind, id: string, item: OutboxItem): Promise<void> {
    if (item.kind === 'event') return this.#publish(item);
    if (item.kind === 'sync') return kind.sync(id);
    if (item.kind === 'drop') return kind.drop?.(id, item.before);
    const { kind: _, ...entry } = item;
    // What an earlier run appended stays.
    await this.#audit.append(entry);
  }

  async #publish(item: OwedEvent): Promise<void> {
    const definition = definitions.get(item.type);
    if (!definition) throw Failure.terminal('LK-BUS-004', `No event is of the type ${item.type}.`);
    const { id, correlationId, at: timeMs } = item;
    const data = definition === lockTest ? signOpening(this.#signer, item) : item.data;
    await publishEvent(this.#bus, definition, item.params, { id, correlationId, data, timeMs });
  }

  /** Strikes out what is done; a tombstone that owes nothing any more goes. */
  async #strike(kind: RelayedKind, id: string, done: ReadonlySet<string>): Promise<void> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const stored = await this.#store.get(kind.collection, id);
      if (!stored) return;
      const { version, document } = stored;
      const outbox = document.outbox.filter((item) => !done.has(item.id));
      if (document.state === 'gone' && outbox.length === 0) {
        if (await this.#store.remove(kind.collection, id, version)) return;
      } else {
        if (outbox.length === document.outbox.length) return;
        const next = { ...document, outbox };
        if ((await this.#store.replace(kind.collection, id, version, next)).ok) return;
      }
      await takeTurn(attempt);
    }
    throw neverItsTurn();
  }

  #kindOf(name: string): RelayedKind {
    const kind = this.#kinds.find(({ collection }) => collection.name === name);
    if (!kind) throw new RangeError(`nothing is relayed of ${name}`);
    return kind;
  }
}
