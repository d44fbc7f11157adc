import {
  type CodeReason,
  type ConsentVersion,
  codeNotice,
  type Language,
  type PersonState,
} from '@latchkey/contracts';
import type { Person } from '@latchkey/contracts/grpc';
import type { CollectionDefinition } from '../store/store.port.js';
import { eventIdOf, type Operation, type OutboxItem } from './outbox.pure.js';
import { nameInOrder, wordsOf } from './search.pure.js';

/** How many samples a registration takes. */
export const SAMPLES = 5;

/** The valid code of a person; its text is kept nowhere. */
interface ValidCode {
  readonly digest: string;
  readonly issuedAt: number;
  readonly reason: CodeReason;
  /** From then on it is refused as expired; `null`: never. */
  readonly expiresAt: number | null;
  /** The job by which its mail is known in the ledger. */
  readonly job?: string;
}

/** A person's code for when they are forced to open a door. */
interface DuressCode {
  /** `null`: used up. That it was issued stays, so that nobody sees by its going that it was used. */
  readonly digest: string | null;
  readonly issuedAt: number;
  readonly expiresAt: number | null;
}

/** What a person agreed to before the samples were taken. */
export interface Consent {
  readonly version: ConsentVersion;
  readonly at: number;
  readonly by: string;
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

/** That a person was locked at a door: the next lock there is longer. */
export interface Lockout {
  readonly door: string;
  readonly at: number;
}

/** By which command, and when, a face was claimed for an id. */
export interface Claim {
  readonly by: string;
  readonly at: number;
}

export interface LivingPerson {
  readonly id: string;
  readonly state: PersonState;
  readonly name: string;
  readonly email: string;
  readonly guard: boolean;
  readonly groups: readonly string[];
  /** Missing: English. */
  readonly language?: Language;
  readonly consent?: Consent | null;
  /** Counts the changes of what an operator may set, from 1: what a change is held against. Missing: 1. */
  readonly revision?: number;
  readonly createdAt: number;
  /** When the registration began, where that was not when the record was made. */
  readonly startedAt?: number;
  /** A draft of somebody who was listed before, and is again should it be given up. */
  readonly wasListed?: boolean;
  /** 0 until enrolled. */
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
  /** Opens as the code does, and calls the guards. Missing: none was ever issued. */
  readonly duress?: DuressCode;
  /** The use that was last granted, so that the same attempt gets the same answer. */
  readonly lastUse: (Showing & { readonly duress?: boolean }) | null;
  readonly wrong: readonly Showing[];
  readonly locks: readonly DoorLock[];
  /** The lockouts of the last day, but for those at doors that have opened to the person since. Missing: none. */
  readonly lockouts?: readonly Lockout[];
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
    state: { paged: true },
    email: { unique: true },
    handle: { unique: true, ordered: true },
    code: { unique: true },
    duress: { unique: true },
    group: { paged: true },
    guard: {},
    startedAt: {},
    enrolledAt: { ordered: true },
    name: { ordered: true },
    word: { paged: true },
    known: { paged: true },
    owes: {},
  },
  keysOf: (person) => ({
    state: person.state,
    owes: person.outbox.length > 0 ? 1 : undefined,
    ...(person.state === 'gone' ? {} : keysOfLiving(person)),
  }),
};

function keysOfLiving(person: LivingPerson) {
  const { state } = person;
  return {
    email: caseless(person.email),
    handle: caseless(person.id),
    code: person.code?.digest,
    duress: person.duress?.digest ?? undefined,
    group: person.groups.map((group) => foundAs(state, group)),
    guard: person.guard ? 1 : undefined,
    startedAt: person.startedAt ?? person.createdAt,
    enrolledAt: person.enrolledAt,
    name: nameInOrder(person.name),
    word: wordsOf(person).map((word) => foundAs(state, word)),
    // All but drafts: whom a list shows unless it is asked for others.
    known: state === 'draft' ? undefined : 1,
  };
}

/**
 * A group or a word as it finds people of a state. Those of drafts stand apart, by a space that neither begins with: whoever is
 * found by one of the others is known, which needs no look at each of them.
 */
export function foundAs(state: PersonState | '', text: string): string {
  return state === 'draft' ? ` ${text}` : text;
}

/** An address or an id as it is compared: those that differ in case only reach, and look like, the same person. */
function caseless(text: string): string {
  return text.toLowerCase();
}

/** A person who may walk through doors, or is told why not. */
export function isMember(person: PersonRecord | null): person is LivingPerson {
  return person?.state === 'enrolled' || person?.state === 'suspended';
}

/** When a person last entered, asked for a code, or became a member. */
export function lastActiveAt({ enrolledAt, lastUse, requestedAt }: LivingPerson): number {
  return Math.max(enrolledAt, lastUse?.at ?? 0, ...requestedAt);
}

/** Adds to what a document owes. */
export function owing<Document extends { readonly outbox: readonly OutboxItem[] }>(
  document: Document,
  items: readonly OutboxItem[],
): Document {
  return { ...document, outbox: [...document.outbox, ...items] };
}

/** The code that is valid from now on. */
export function validCode(
  digest: string,
  reason: CodeReason,
  codeLifeMs: number | null,
  op: Operation,
): ValidCode {
  return {
    digest,
    issuedAt: op.now,
    reason,
    expiresAt: codeLifeMs === null ? null : op.now + codeLifeMs,
    job: eventIdOf(op, codeNotice),
  };
}

/** The lock that holds a person off a door now. */
export function lockAt(person: LivingPerson, door: string, now: number): DoorLock | undefined {
  return person.locks.find((lock) => lock.door === door && lock.until > now);
}

/** Which change of a person's details this is. */
export function revisionOf(person: LivingPerson): number {
  return person.revision ?? 1;
}

/** How many samples a person has given: once enrolled, all. */
function samplesOf({ state, samples }: LivingPerson): number {
  return state === 'enrolled' || state === 'suspended' ? SAMPLES : samples.length;
}

/** A person as the registry tells of them. */
export function describePerson(person: LivingPerson, now: number): Person {
  return {
    person: person.id,
    name: person.name,
    email: person.email,
    state: person.state,
    samples: samplesOf(person),
    createdAt: person.createdAt,
    enrolledAt: person.enrolledAt,
    guard: person.guard,
    groups: [...person.groups],
    codeIssuedAt: person.code?.issuedAt ?? 0,
    locks: person.locks
      .filter((lock) => lock.until > now)
      .map(({ door, until }) => ({ door, until })),
    version: revisionOf(person),
    language: person.language ?? 'en',
    consent: person.consent ?? undefined,
    codeJob: person.code?.job ?? '',
    duressIssuedAt: person.duress?.issuedAt ?? 0,
    codeUsedAt: person.lastUse?.at ?? 0,
    alike: [],
  };
}
