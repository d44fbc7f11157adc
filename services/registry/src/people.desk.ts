import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { erasedThings, receiptText } from '@latchkey/contracts';
import type { DeletionReceipt, ListPeopleReply, Person } from '@latchkey/contracts/grpc';
import { Failure } from '@latchkey/runtime';
import type { z } from 'zod';
import { change } from './change.js';
import { beginOperation, type DeskFacts, type Origin } from './desk.js';
import type { Operation } from './domain/outbox.pure.js';
import {
  describePerson,
  foundAs,
  isMember,
  lastActiveAt,
  type LivingPerson,
  type PersonRecord,
  peopleCollection,
} from './domain/person.pure.js';
import { updatePerson } from './domain/person-details.pure.js';
import { deletePerson, resumePerson, suspendPerson } from './domain/person-life.pure.js';
import type { Decision } from './domain/refusal.pure.js';
import { termsOf } from './domain/search.pure.js';
import type { requests } from './requests.js';
import type { SightingDesk } from './sighting.desk.js';
import type { Filter, PageWanted } from './store/store.port.js';

type Asked<Name extends keyof typeof requests> = z.output<(typeof requests)[Name]>;

/** How long a deletion waits until the files, the gallery and the photographs forget, too; the relay goes on after that. */
const FORGET_WITHIN_MS = 2_000;
const PAGE = 100;
/** What the registry does by itself, and why. */
const ITSELF = 'registry';
const BROUGHT_BACK = 'again: a restored store had brought them back';
const INACTIVE = 'for want of entries, as the site has set';
const LIVING: Filter = { state: { in: ['listed', 'draft', 'enrolled', 'suspended'] } };

/** How many of those who are searched for, or of a group, are counted. */
const FOUND_COUNTED = 1_000;
const orders: Readonly<Record<Asked<'listPeople'>['sort'], Pick<PageWanted, 'by' | 'descending'>>> =
  {
    '': { by: 'handle' },
    id: { by: 'handle' },
    name: { by: 'name' },
    '-enrolledAt': { by: 'enrolledAt', descending: true },
  };

/** People: read, listed, suspended, forgotten. */
export class PeopleDesk {
  readonly #facts: DeskFacts;
  readonly #sightings: SightingDesk;

  constructor(facts: DeskFacts, sightings: SightingDesk) {
    this.#facts = facts;
    this.#sightings = sightings;
  }

  async getPerson(asked: Asked<'personRef'>): Promise<Person> {
    const stored = await this.#facts.store.get(peopleCollection, asked.person);
    if (!stored || stored.document.state === 'gone') throw Failure.terminal('LK-PER-006');
    return describePerson(stored.document, this.#facts.nowMs());
  }

  async listPeople(asked: Asked<'listPeople'>): Promise<ListPeopleReply> {
    const { store, nowMs } = this.#facts;
    const filter = filterOf(asked);
    const page = await store.find(peopleCollection, filter, {
      after: asked.pageToken,
      limit: asked.pageSize,
      ...orders[asked.sort],
    });
    // By one look-up all are counted soon; of what several find, enough to say that it is too much.
    const atMost = asked.q || asked.group ? FOUND_COUNTED : undefined;
    const count = await store.count(peopleCollection, filter, atMost && atMost + 1);
    const now = nowMs();
    return {
      people: page.items.flatMap(({ document }) =>
        document.state === 'gone' ? [] : [describePerson(document, now)],
      ),
      nextPageToken: page.next,
      total: Math.min(count, atMost ?? count),
      totalIsMore: atMost !== undefined && count > atMost,
    };
  }

  updatePerson(asked: Asked<'updatePerson'>, origin: Origin): Promise<Person> {
    const { person, by, version: revision, ...details } = asked;
    return this.#set({ person, by }, origin, (current, op) =>
      updatePerson(current, { revision, details }, op),
    );
  }

  suspendPerson(asked: Asked<'personRef'>, origin: Origin): Promise<Person> {
    return this.#set(asked, origin, suspendPerson);
  }

  resumePerson(asked: Asked<'personRef'>, origin: Origin): Promise<Person> {
    return this.#set(asked, origin, resumePerson);
  }

  /** Forgets a person; the gallery too, where the broker is there. */
  async deletePerson(asked: Asked<'personRef'>, origin: Origin): Promise<DeletionReceipt> {
    const stored = await this.#facts.store.get(peopleCollection, asked.person);
    // While there is a template to know them by.
    await this.#sightings.forgetLike(stored?.document ?? null);
    return await this.#forget(asked, origin);
  }

  /** Forgets somebody anew whom a restored store brought back; where another instance does, too, that is enough. */
  async forgetAgain(person: string): Promise<void> {
    await this.#forgetBy(person, BROUGHT_BACK);
  }

  async #forgetBy(person: string, why: string): Promise<void> {
    const stored = await this.#facts.store.get(peopleCollection, person);
    await this.#sightings.forgetLike(stored?.document ?? null);
    const origin = { correlationId: `${ITSELF}-${person}` };
    await this.#forget({ person, by: ITSELF }, origin, why).catch(nullIfGone);
  }

  /** Forgets the members who were not active from a moment on. */
  async forgetInactive(beforeMs: number): Promise<void> {
    const filter: Filter = { enrolledAt: { from: 1, below: beforeMs } };
    let after = '';
    do {
      const page = await this.#facts.store.find(peopleCollection, filter, { after, limit: PAGE });
      for (const { id, document } of page.items) {
        if (!isMember(document) || lastActiveAt(document) >= beforeMs) continue;
        await this.#forgetBy(id, INACTIVE);
      }
      after = page.next;
    } while (after !== '');
  }

  async #forget(
    { person: id, by }: Asked<'personRef'>,
    origin: Origin,
    why = '',
  ): Promise<DeletionReceipt> {
    const { store, relay, keys } = this.#facts;
    const op = beginOperation(this.#facts, origin, by);
    const receipt = `R-${randomUUID()}`;
    const { reply: digest } = await change(store, peopleCollection, id, (current) =>
      deletePerson(current, { receipt, why }, op),
    );
    const relayed = relay.settle(peopleCollection, id).catch(() => undefined);
    await Promise.race([relayed, delay(FORGET_WITHIN_MS, undefined, { ref: false })]);
    const given = { receipt, person: id, erased: [...erasedThings], digest };
    const text = receiptText({ ...given, at: new Date(op.now).toISOString() });
    return { ...given, at: op.now, signature: keys.signer.sign(text) };
  }

  /** Forgets everyone, drafts too, and every stranger: any of them may be one of these. */
  async deleteAllPeople(asked: Asked<'caller'>, origin: Origin): Promise<DeletionReceipt[]> {
    const receipts: DeletionReceipt[] = [];
    await this.#sightings.forgetAll();
    for (;;) {
      const page = await this.#facts.store.find(peopleCollection, LIVING, {
        after: '',
        limit: PAGE,
      });
      if (page.items.length === 0) return receipts;
      for (const { id: person } of page.items) {
        const receipt = await this.#forget({ person, by: asked.by }, origin).catch(nullIfGone);
        if (receipt) receipts.push(receipt);
      }
    }
  }

  async #set(
    asked: Asked<'personRef'>,
    origin: Origin,
    decide: (person: PersonRecord | null, op: Operation) => Decision<LivingPerson>,
  ): Promise<Person> {
    const { store, relay } = this.#facts;
    const op = beginOperation(this.#facts, origin, asked.by);
    const { stored } = await change(store, peopleCollection, asked.person, (current) =>
      decide(current, op),
    );
    relay.nudge(peopleCollection, asked.person);
    return describePerson(stored.document, op.now);
  }
}

function filterOf({ state, group, q }: Asked<'listPeople'>): Filter {
  const begins = termsOf(q).map((term) => foundAs(state, term));
  const found: Filter = {
    ...(group === '' ? {} : { group: foundAs(state, group) }),
    ...(begins.length === 0 ? {} : { word: { begins } }),
  };
  if (state !== '') return { ...found, state };
  return Object.keys(found).length === 0 ? { known: 1 } : found;
}

function nullIfGone(error: unknown): null {
  if (error instanceof Failure && error.code === 'LK-PER-006') return null;
  throw error;
}
