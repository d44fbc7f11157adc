import type { ListNewcomersReply, NewcomerFault } from '@latchkey/contracts/grpc';
import { errorCodes } from '@latchkey/contracts';
import { Failure } from '@latchkey/runtime';
import type { z } from 'zod';
import { change } from './change.js';
import { beginOperation, type DeskFacts, type Origin } from './desk.js';
import { listNewcomer } from './domain/newcomer.pure.js';
import { peopleCollection } from './domain/person.pure.js';
import { codeOfField, requests } from './requests.js';
import { newPersonKey } from './vault.js';

type Asked<Name extends keyof typeof requests> = z.output<(typeof requests)[Name]>;
type Newcomer = Asked<'newcomer'>;
type Numbered = Newcomer & { readonly index: number };

/** People who are known before they are enrolled: looked at, and listed. */
export class NewcomerDesk {
  readonly #facts: DeskFacts;

  constructor(facts: DeskFacts) {
    this.#facts = facts;
  }

  /** Lists everybody in whom there is no fault; each for himself, so that one who is taken meanwhile stops nobody. */
  async listNewcomers(asked: Asked<'listNewcomers'>, origin: Origin): Promise<ListNewcomersReply> {
    const { good, faults } = readAll(asked.people);
    faults.push(...(await this.#taken(good)));
    if (asked.lookOnly) return { faults, listed: 0 };
    const free = good.filter(({ index }) => !faults.some((fault) => fault.index === index));
    const refused = await Promise.all(
      free.map((newcomer) => this.#list(newcomer, asked.by, origin)),
    );
    faults.push(...refused.filter((fault) => fault !== null));
    return { faults, listed: refused.filter((fault) => fault === null).length };
  }

  /** Whose id or address somebody else has. */
  async #taken(newcomers: readonly Numbered[]): Promise<NewcomerFault[]> {
    if (newcomers.length === 0) return [];
    const [ids, addresses] = await Promise.all([
      this.#found(
        'handle',
        newcomers.map(({ person }) => person.toLowerCase()),
      ),
      this.#found(
        'email',
        newcomers.map(({ email }) => email.toLowerCase()),
      ),
    ]);
    return newcomers.flatMap(({ index, person, email }) => [
      ...(ids.has(person.toLowerCase()) ? [faultOf(index, 'id', 'LK-PER-002')] : []),
      ...(addresses.has(email.toLowerCase()) ? [faultOf(index, 'email', 'LK-PER-004')] : []),
    ]);
  }

  async #found(field: 'handle' | 'email', values: string[]): Promise<Set<string>> {
    const { store } = this.#facts;
    // Each value is one person's at most.
    const page = { after: '', limit: values.length };
    const { items } = await store.find(peopleCollection, { [field]: { in: values } }, page);
    return new Set(items.map(({ document }) => peopleCollection.keysOf(document)[field] as string));
  }

  async #list(newcomer: Numbered, by: string, origin: Origin): Promise<NewcomerFault | null> {
    const { store, relay, keys } = this.#facts;
    const { index, person: id, ...details } = newcomer;
    const op = beginOperation(this.#facts, origin, by);
    const applicant = { id, ...details, consent: null, key: newPersonKey(keys.masterKey, id) };
    try {
      await change(store, peopleCollection, id, (current) => listNewcomer(current, applicant, op));
      relay.nudge(peopleCollection, id);
      return null;
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === 'retryable') throw error;
      return faultOf(index, error.code === 'LK-PER-004' ? 'email' : 'id', error.code);
    }
  }
}

function readAll(people: readonly unknown[]) {
  const good: Numbered[] = [];
  const faults: NewcomerFault[] = [];
  for (const [index, given] of people.entries()) {
    const parsed = requests.newcomer.safeParse(given);
    if (parsed.success) good.push({ index, ...parsed.data });
    else faults.push(...faultsOf(index, parsed.error.issues));
  }
  return { good, faults };
}

/** The first fault of each field, named as the one who wrote the list knows it. */
function faultsOf(index: number, issues: readonly z.core.$ZodIssue[]): NewcomerFault[] {
  const byField = new Map<string, NewcomerFault>();
  for (const { path, message } of issues) {
    const name = String(path[0]);
    const field = name === 'person' ? 'id' : name;
    const code = codeOfField[name] ?? 'LK-REQ-001';
    if (!byField.has(field)) byField.set(field, { index, field, code, message });
  }
  return [...byField.values()];
}

function faultOf(index: number, field: string, code: keyof typeof errorCodes): NewcomerFault {
  return { index, field, code, message: errorCodes[code].title };
}
