import type { CodeReason } from '@latchkey/contracts';
import type { Person } from '@latchkey/contracts/grpc';
import type { CollectionDefinition } from '../store/store.port.js';
import type { OutboxItem } from './outbox.pure.js';

/** How many samples a registration takes. */
export const SAMPLES = 5;

/** The valid code of a person; its text is kept nowhere. */
interface ValidCode {
  readonly digest: string;
  readonly issuedAt: number;
  readonly reason: CodeReason;
  /** From then on it is refused as expired; `null`: never. */
  readonly expiresAt: number | null;
}

/** One showing of a code at a door within one attempt, known by the digest of what was shown and its first frame. */
export interface Showing {
  readonly attempt: string;
  readonly door: string;
  readonly digest: string;
  /** The frame in which the showing began: the same code shown again has another. */
  readonly frame: string;
  readonly at: number;
}

/** A door that is shut to a person until then; `by` is the fifth wrong showing, so that it can be answered again. */
export interface DoorLock {
  readonly door: string;
  readonly until: number;
  readonly by: Showing;
}

/** By which command, and when, a face was claimed for an id. */
export interface Claim {
  readonly by: string;
  readonly at: number;
}

export interface LivingPerson {
  readonly id: string;
  readonly state: 'draft' | 'enrolled' | 'suspended';
  readonly name: string;
  readonly email: string;
  readonly guard: boolean;
  readonly groups: readonly string[];
  readonly createdAt: number;
  /** 0 while a draft. */
  readonly enrolledAt: number;
  /** The person's own key, wrapped by the master key. */
  readonly key: string;
  /** The command that is completing the registration, while it looks whether someone else has this face. */
  readonly claim?: Claim | null;
  /** The samples' templates under the person's key; only while a draft. */
  readonly samples: readonly string[];
  /** The mean of the five, under the person's key; of a draft while it is claimed. */
  readonly template: string | null;
  readonly code: ValidCode | null;
  /** The use that was last granted, so that the same attempt gets the same answer. */
  readonly lastUse: Showing | null;
  readonly wrong: readonly Showing[];
  readonly locks: readonly DoorLock[];
  /** When the person last asked for a new code, newest last. */
  readonly requestedAt: readonly number[];
  readonly outbox: readonly OutboxItem[];
}

/** What is left of a person who is forgotten, until nothing is owed any more: the id. */
export interface Tombstone {
  readonly id: string;
  readonly state: 'gone';
  readonly outbox: readonly OutboxItem[];
}

export type PersonRecord = LivingPerson | Tombstone;

/** Where people lie, and by what they are found. */
export const peopleCollection: CollectionDefinition<PersonRecord> = {
  name: 'people',
  indexes: {
    state: {},
    email: { unique: true },
    handle: { unique: true },
    code: { unique: true },
    group: {},
    guard: {},
    createdAt: {},
    enrolledAt: {},
    owes: {},
  },
  keysOf: (person) => ({
    state: person.state,
    owes: person.outbox.length > 0 ? 1 : undefined,
    ...(person.state === 'gone' ? {} : keysOfLiving(person)),
  }),
};

function keysOfLiving(person: LivingPerson) {
  return {
    email: caseless(person.email),
    handle: caseless(person.id),
    code: person.code?.digest,
    group: person.groups,
    guard: person.guard ? 1 : undefined,
    createdAt: person.createdAt,
    enrolledAt: person.enrolledAt || undefined,
  };
}

/** An address or an id as it is compared: those that differ in case only reach, and look like, the same person. */
function caseless(text: string): string {
  return text.toLowerCase();
}

/** A person who may walk through doors, or is told why not. */
export function isMember(person: PersonRecord | null): person is LivingPerson {
  return person?.state === 'enrolled' || person?.state === 'suspended';
}

/** Adds to what a document owes. */
export function owing<Document extends { readonly outbox: readonly OutboxItem[] }>(
  document: Document,
  items: readonly OutboxItem[],
): Document {
  return { ...document, outbox: [...document.outbox, ...items] };
}

/** A person as the registry tells of them. `version` is the document's. */
export function describePerson(person: LivingPerson, version: number, now: number): Person {
  return {
    person: person.id,
    name: person.name,
    email: person.email,
    state: person.state,
    samples: person.state === 'draft' ? person.samples.length : SAMPLES,
    createdAt: person.createdAt,
    enrolledAt: person.enrolledAt,
    guard: person.guard,
    groups: [...person.groups],
    codeIssuedAt: person.code?.issuedAt ?? 0,
    locks: person.locks
      .filter((lock) => lock.until > now)
      .map(({ door, until }) => ({ door, until })),
    version,
  };
}
