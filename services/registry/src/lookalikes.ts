import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Held } from '@latchkey/runtime';
import {
  isMember,
  type LivingPerson,
  type PersonRecord,
  peopleCollection,
} from './domain/person.pure.js';
import type { Rival } from './domain/claim.pure.js';
import type { Likeness } from './domain/registration.pure.js';
import { cosine, fromFloatBytes } from './domain/template.pure.js';
import type { Store } from './store/store.port.js';
import { decryptFor } from './vault.js';

const PAGE = 200;

/** Compares a face with people who are enrolled, by the registry's own templates. */
export class Lookalikes {
  readonly #store: Store;
  readonly #masterKey: Held<Uint8Array>;

  constructor(store: Store, masterKey: Held<Uint8Array>) {
    this.#store = store;
    this.#masterKey = masterKey;
  }

  /** How much a unit vector resembles each of a few people; those who aren't enrolled are left out. */
  async among(ids: readonly string[], vector: readonly number[]): Promise<Likeness[]> {
    const people = await Promise.all(
      [...new Set(ids)].map(async (id) => await this.#store.get(peopleCollection, id)),
    );
    return this.#compare(
      people.flatMap((stored) => (stored ? [stored.document] : [])),
      vector,
    );
  }

  /** How much a unit vector resembles the face of each draft that is being completed now. */
  async amongClaims(vector: readonly number[]): Promise<Rival[]> {
    const rivals: Rival[] = [];
    let after = '';
    do {
      const page = await this.#store.find(
        peopleCollection,
        { state: 'draft' },
        { after, limit: PAGE },
      );
      for (const { document: draft } of page.items) {
        if (draft.state !== 'draft' || !draft.claim) continue;
        rivals.push({ person: draft.id, score: this.#likeness(draft, vector), claim: draft.claim });
      }
      after = page.next;
    } while (after !== '');
    return rivals;
  }

  /** How much a unit vector resembles each person there is, the most alike first. About 0.1 ms a person; others get their turn after each page. */
  async amongAll(vector: readonly number[]): Promise<Likeness[]> {
    const all: Likeness[] = [];
    const filter = { state: { in: ['enrolled', 'suspended'] } };
    let after = '';
    do {
      const page = await this.#store.find(peopleCollection, filter, { after, limit: PAGE });
      all.push(
        ...this.#compare(
          page.items.map((stored) => stored.document),
          vector,
        ),
      );
      after = page.next;
      await yieldToOthers();
    } while (after !== '');
    return all.toSorted((a, b) => b.score - a.score);
  }

  #compare(people: readonly PersonRecord[], vector: readonly number[]): Likeness[] {
    return people
      .filter(isMember)
      .map((person) => ({ person: person.id, score: this.#likeness(person, vector) }));
  }

  #likeness(person: LivingPerson, vector: readonly number[]): number {
    const template = decryptFor(this.#masterKey, person, 'template', person.template ?? '');
    return cosine(fromFloatBytes(template), vector);
  }
}
