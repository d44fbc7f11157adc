import { Readable } from 'node:stream';
import { type Person, RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import { By } from '../access/caller.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import { Problem } from '../http/problem.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { Acts } from '../operations/acts.js';
import { RegistryClient } from '../registry.client.js';
import { exportPeople, importPeople } from './people.routes.js';
import { exportHeader, type ImportRow, readPeople, writePeople } from './people-csv.pure.js';

interface Caller {
  readonly by: string;
  readonly correlationId: string;
}
interface Exporting {
  readonly query: InputOf<typeof exportPeople>['query'];
  readonly correlationId: string;
  readonly end: (outcome: string) => Promise<void>;
}
type Imported = AnswerOf<typeof importPeople>;

const BATCH = 200;
/** Each of a batch is a write of its own. */
const BATCH_MS = 30_000;
const EXPORT_PAGE = 500;

/** Whole lists of people: from a spreadsheet, and to one. */
@Controller()
export class PeopleListsController {
  readonly #registry: RegistryClient;
  readonly #acts: Acts;

  constructor(@Inject(RegistryClient) registry: RegistryClient, @Inject(Acts) acts: Acts) {
    this.#registry = registry;
    this.#acts = acts;
  }

  @Handles(importPeople)
  async import(
    @Input(importPeople) { body }: InputOf<typeof importPeople>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<Imported> {
    const rows = readPeople(body.csv);
    if (typeof rows === 'string') throw new Problem('LK-PER-013', rows);
    const caller = { by, correlationId };
    await this.#list(rows, true, caller);
    const isClean = rows.every(isGood);
    const created =
      body.commit && (isClean || body.skipFaulty)
        ? await this.#list(rows.filter(isGood), false, caller)
        : 0;
    return answerOf(rows, created);
  }

  @Handles(exportPeople)
  async export(
    @Input(exportPeople) { query }: InputOf<typeof exportPeople>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<StreamableFile> {
    const first = await this.#page(query, '', correlationId);
    const act = { action: 'people.exported', subject: 'people', detail: detailOf(query) } as const;
    const end = await this.#acts.begun(act, { by, correlationId });
    const type = 'text/csv; charset=utf-8';
    const lines = Readable.from(this.#lines(first, { query, correlationId, end }));
    return new StreamableFile(lines, { type, disposition: 'attachment; filename="people.csv"' });
  }

  /** Has the registry look at rows, or list them; what is wrong is written down beside each. @returns how many it listed */
  async #list(rows: readonly ImportRow[], lookOnly: boolean, { by, correlationId }: Caller) {
    let listed = 0;
    for (let at = 0; at < rows.length; at += BATCH) {
      const batch = rows.slice(at, at + BATCH);
      const people = batch.map(({ newcomer }) => newcomer);
      const asked = { people, lookOnly, by };
      const facts = { correlationId, deadlineMs: BATCH_MS };
      const reply = await this.#registry.call(Registry.listNewcomers, asked, facts);
      listed += reply.listed;
      for (const { index, ...fault } of reply.faults) batch[index]?.faults.push(fault);
    }
    return listed;
  }

  /** Notes at its end how many people it told of, also where whoever asked went away before. */
  async *#lines(
    first: { people: Person[]; nextPageToken: string },
    { query, correlationId, end }: Exporting,
  ): AsyncGenerator<string> {
    let [told, isWhole] = [0, false];
    try {
      yield exportHeader;
      for (let page = first; !isWhole; ) {
        told += page.people.length;
        yield writePeople(page.people);
        isWhole = page.nextPageToken === '';
        if (!isWhole) page = await this.#page(query, page.nextPageToken, correlationId);
      }
    } finally {
      await end(`${isWhole ? 'exported' : 'broken-off-at'}-${told}`);
    }
  }

  #page(
    { state, group }: InputOf<typeof exportPeople>['query'],
    pageToken: string,
    correlationId: string,
  ) {
    const which = { state: state ?? '', group: group ?? '', q: '', sort: 'id' };
    const asked = { ...which, pageSize: EXPORT_PAGE, pageToken };
    return this.#registry.call(Registry.listPeople, asked, { correlationId });
  }
}

/** What of all people was asked for; empty: everybody. */
function detailOf({ state, group }: Exporting['query']): string {
  const which = [state && `state ${state}`, group && `group ${group}`];
  return which.filter(Boolean).join(', ');
}

function isGood({ faults }: ImportRow): boolean {
  return faults.length === 0;
}

function answerOf(rows: readonly ImportRow[], created: number): Imported {
  const good = rows.filter(isGood).length;
  return {
    rows: rows.map(({ line, newcomer, faults }) => ({
      line,
      id: newcomer.person,
      name: newcomer.name,
      email: newcomer.email,
      faults,
    })),
    good,
    faulty: rows.length - good,
    created,
  };
}
