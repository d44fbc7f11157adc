import { accessDenied, objectStores } from '@latchkey/contracts';
import { type Bus, type Objects, openObjects, readStoredEvents } from '@latchkey/runtime';
import { isMember, peopleCollection } from './domain/person.pure.js';
import type { Store } from './store/store.port.js';

const KEPT_MS = objectStores.evidence.ttlMs;

/** What photographs are kept by. */
export interface PhotographFacts {
  readonly bus: Bus;
  readonly store: Store;
  readonly evidence: Pick<Objects, 'delete'>;
}

/**
 * The photographs of denials that name a person: kept only while that person is a member, and only from when they became
 * one. Which photograph names whom is read from the denials themselves, anew at each start.
 */
export class Photographs {
  readonly #facts: PhotographFacts;
  /** When each photograph was taken, by whom it names and its name in `evidence`. */
  readonly #taken = new Map<string, Map<string, number>>();
  /** Whom denials name that were read since these were last looked after. */
  readonly #unseen = new Set<string>();
  #next = 1;
  #reading: Promise<void> = Promise.resolve();

  static async open(bus: Bus, store: Store): Promise<Photographs> {
    return new Photographs({ bus, store, evidence: await openObjects(bus, objectStores.evidence) });
  }

  constructor(facts: PhotographFacts) {
    this.#facts = facts;
  }

  /** Deletes the photographs that name this id, but for those of the member who has it now. */
  async sync(id: string): Promise<void> {
    await this.#read();
    await this.#keepOwn(id);
  }

  /** Looks after everyone whom a new denial names: an attempt may end after the person was forgotten. */
  async reconcile(): Promise<void> {
    await this.#read();
    for (const id of this.#unseen) {
      await this.#keepOwn(id);
      this.#unseen.delete(id);
    }
  }

  /** Reads the denials that came since the last time; one reader after the other. */
  #read(): Promise<void> {
    const before = this.#reading.catch(() => undefined);
    this.#reading = this.#readAfter(before);
    return this.#reading;
  }

  async #readAfter(before: Promise<void>): Promise<void> {
    await before;
    const { bus } = this.#facts;
    this.#next = await readStoredEvents(bus, accessDenied, this.#next, ({ data }) =>
      this.#note(data.person, data.evidence, data.at),
    );
  }

  #note(person: string | null, evidence: string | null, at: number): void {
    if (person === null || evidence === null) return;
    const taken = this.#taken.get(person) ?? new Map<string, number>();
    taken.set(evidence, at);
    this.#taken.set(person, taken);
    this.#unseen.add(person);
  }

  async #keepOwn(id: string): Promise<void> {
    const { bus, store, evidence } = this.#facts;
    const taken = this.#taken.get(id);
    if (!taken) return;
    const person = (await store.get(peopleCollection, id))?.document ?? null;
    const since = isMember(person) ? person.enrolledAt : Infinity;
    const expired = bus.nowMs() - KEPT_MS;
    for (const [key, at] of taken) {
      if (at >= since && at >= expired) continue;
      await evidence.delete(key);
      taken.delete(key);
    }
    if (taken.size === 0) this.#taken.delete(id);
  }
}
