import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { ListSightingsReply, NoteSightingReply } from '@latchkey/contracts/grpc';
import type { z } from 'zod';
import type { DeskFacts } from './desk.js';
import { isMember, type PersonRecord } from './domain/person.pure.js';
import {
  groupOf,
  MOST_SIGHTINGS,
  SAME_STRANGER,
  type Sighting,
  seenBefore,
  sightingsCollection,
} from './domain/sighting.pure.js';
import { cosine, fromFloatBytes, toFloatBytes } from './domain/template.pure.js';
import { openTemplate } from './open-template.js';
import type { requests } from './requests.js';
import type { Filter, Stored } from './store/store.port.js';
import { decryptFor, encryptFor, newPersonKey } from './vault.js';

type Facts = Pick<DeskFacts, 'store' | 'keys' | 'nowMs'>;
type Asked<Name extends keyof typeof requests> = z.output<(typeof requests)[Name]>;

const DAY_MS = 24 * 60 * 60 * 1_000;
const PAGE = 200;

/**
 * Strangers who look alike. These are templates of people who were asked nothing, so none is kept where the site has not
 * switched it on, each goes after some days, and whoever is registered or forgotten takes their own along.
 */
export class SightingDesk {
  readonly #facts: Facts;
  readonly #days: number;
  #last: Promise<unknown> = Promise.resolve();
  /** A process that was killed may have left removed bytes in the store's files. */
  #mayHoldRemoved = true;

  /** @param days how long a sighting is kept; 0: it is switched off */
  constructor(facts: Facts, days: number) {
    this.#facts = facts;
    this.#days = days;
  }

  /** One after the other, so that two of one stranger at the same moment find each other; between instances they may not. */
  noteSighting(asked: Asked<'noteSighting'>): Promise<NoteSightingReply> {
    const noted = this.#last.then(() => this.#note(asked));
    this.#last = noted.catch(() => undefined);
    return noted;
  }

  async listSightings({ visitors }: Asked<'listSightings'>): Promise<ListSightingsReply> {
    const { store } = this.#facts;
    const seen: ListSightingsReply['visitors'] = [];
    const groups = new Map<string, Promise<Sighting[]>>();
    for (const visitor of this.#days === 0 ? [] : visitors) {
      const stored = await store.get(sightingsCollection, visitor);
      if (!stored || stored.document.at < this.#since()) continue;
      const { group } = stored.document;
      const members = groups.get(group) ?? this.#membersOf(group);
      groups.set(group, members);
      seen.push(seenBefore(visitor, await members));
    }
    return { kept: this.#days > 0, days: this.#days, visitors: seen };
  }

  /** Takes away what is too old, what is too much, and everything where it is switched off. */
  async tidy(): Promise<void> {
    const { store } = this.#facts;
    const below = this.#days === 0 ? Number.MAX_SAFE_INTEGER : this.#since();
    await this.#removeEach({ at: { below } }, () => true);
    const surplus = (await store.count(sightingsCollection, {})) - MOST_SIGHTINGS;
    if (surplus > 0) {
      const wanted = { after: '', limit: surplus, by: 'at' };
      const { items } = await store.find(sightingsCollection, {}, wanted);
      for (const oldest of items) await this.#remove(oldest);
    }
    await this.#scrub();
  }

  /** Takes away the sightings of who is no stranger any more, or is to be forgotten. */
  async forgetLike(person: PersonRecord | null): Promise<void> {
    if (!isMember(person)) return;
    const { masterKey } = this.#facts.keys;
    const template = decryptFor(masterKey, person, 'template', person.template ?? '');
    const vector = fromFloatBytes(template);
    await this.#removeEach({}, (sighting) => this.#likeness(sighting, vector) >= SAME_STRANGER);
    await this.#scrub();
  }

  /** Takes every sighting away. */
  async forgetAll(): Promise<void> {
    await this.#removeEach({}, () => true);
    await this.#scrub();
  }

  async #note({ visitor: id, door, at, evidence, sealedTemplate }: Asked<'noteSighting'>) {
    if (this.#days === 0 || at < this.#since()) return { kept: false };
    const { store, keys } = this.#facts;
    const vector = openTemplate(keys.seed, sealedTemplate);
    const likenesses: { group: string; score: number }[] = [];
    for await (const { document } of this.#all({ at: { from: this.#since() } })) {
      likenesses.push({ group: document.group, score: this.#likeness(document, vector) });
    }
    const key = newPersonKey(keys.masterKey, id);
    const template = encryptFor(keys.masterKey, { id, key }, 'sighting', toFloatBytes(vector));
    const group = groupOf(id, likenesses);
    // Told twice it stays what it was.
    await store.insert(sightingsCollection, id, { id, door, at, evidence, group, key, template });
    return { kept: true };
  }

  /** From when on sightings are kept. */
  #since(): number {
    return this.#facts.nowMs() - this.#days * DAY_MS;
  }

  async #membersOf(group: string): Promise<Sighting[]> {
    const members: Sighting[] = [];
    for await (const { document } of this.#all({ group })) {
      if (document.at >= this.#since()) members.push(document);
    }
    return members;
  }

  #likeness(sighting: Sighting, vector: readonly number[]): number {
    const { masterKey } = this.#facts.keys;
    return cosine(
      fromFloatBytes(decryptFor(masterKey, sighting, 'sighting', sighting.template)),
      vector,
    );
  }

  /** Others get their turn after each page: about 0.1 ms a sighting where it is compared. */
  async *#all(filter: Filter): AsyncGenerator<Stored<Sighting>> {
    let after = '';
    do {
      const wanted = { after, limit: PAGE };
      const page = await this.#facts.store.find(sightingsCollection, filter, wanted);
      yield* page.items;
      after = page.next;
      await yieldToOthers();
    } while (after !== '');
  }

  async #removeEach(filter: Filter, isToGo: (sighting: Sighting) => boolean): Promise<void> {
    for await (const stored of this.#all(filter)) {
      if (isToGo(stored.document)) await this.#remove(stored);
    }
  }

  async #remove({ id, version }: Stored<Sighting>): Promise<void> {
    this.#mayHoldRemoved = true;
    await this.#facts.store.remove(sightingsCollection, id, version);
  }

  async #scrub(): Promise<void> {
    if (!this.#mayHoldRemoved) return;
    await this.#facts.store.scrub();
    this.#mayHoldRemoved = false;
  }
}
