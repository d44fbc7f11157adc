import type { Act, ListAuditReply } from '@latchkey/contracts/grpc';
import { Failure } from '@latchkey/runtime';
import type { z } from 'zod';
import { change } from './change.js';
import { beginOperation, type DeskFacts, type Origin } from './desk.js';
import { auditCollection, beginAct, endAct } from './domain/audit.pure.js';
import type { requests } from './requests.js';
import type { Filter } from './store/store.port.js';

type Asked<Name extends keyof typeof requests> = z.output<(typeof requests)[Name]>;

/** Who did what. What the registry does itself it notes in the same write; what operators do without it is noted here. */
export class AuditDesk {
  readonly #facts: DeskFacts;

  constructor(facts: DeskFacts) {
    this.#facts = facts;
  }

  async beginAct({ by, ...act }: Asked<'beginAct'>, origin: Origin): Promise<Act> {
    const entry = beginAct(act, beginOperation(this.#facts, origin, by));
    const { ok } = await this.#facts.store.insert(auditCollection, entry.id, entry);
    if (!ok) throw Failure.retryable('LK-STO-002');
    return { id: entry.id };
  }

  async endAct({ id, ...end }: Asked<'endAct'>): Promise<void> {
    await change(this.#facts.store, auditCollection, id, (entry) => endAct(entry, end));
  }

  /** A page, the newest first. */
  async listAudit(asked: Asked<'listAudit'>): Promise<ListAuditReply> {
    const page = await this.#facts.store.find(auditCollection, filterOf(asked), {
      after: asked.pageToken,
      limit: asked.pageSize,
      descending: true,
    });
    return { entries: page.items.map(({ document }) => document), nextPageToken: page.next };
  }
}

function filterOf({ since, until, by, action, person, door }: Asked<'listAudit'>): Filter {
  const equal = Object.entries({ by, action, person, door }).filter(([, value]) => value !== '');
  return {
    at: { from: since, ...(until > 0 ? { below: until } : {}) },
    ...Object.fromEntries(equal),
  };
}
