import type { Act, AuditLink, ListAuditChainReply, ListAuditReply } from '@latchkey/contracts/grpc';
import type { z } from 'zod';
import { failureOf } from './change.js';
import { beginOperation, type DeskFacts, type Origin } from './desk.js';
import {
  type AuditRecord,
  beginAct,
  endAct,
  isLink,
  noteLook,
  seqOfPlace,
} from './domain/audit.pure.js';
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
    await this.#facts.audit.append(entry);
    return { id: entry.id };
  }

  async endAct({ id, ...end }: Asked<'endAct'>): Promise<void> {
    const { audit } = this.#facts;
    const decide = async () => {
      const begun = await audit.find(id);
      const decision = endAct(begun?.entry ?? null, begun?.ended ?? null, end);
      if (!decision.ok) throw failureOf(decision);
    };
    await decide();
    await audit.appendEnd({ id, outcome: end.outcome });
    // Of two that end it at once, one is told that it had ended.
    await decide();
  }

  /** Notes a look; where the same was noted in these ten minutes, by whichever instance, that stays. */
  async noteLook({ by, ...look }: Asked<'noteLook'>, origin: Origin): Promise<void> {
    await this.#facts.audit.append(noteLook(look, beginOperation(this.#facts, origin, by)));
  }

  /** A page, the newest first. */
  async listAudit(asked: Asked<'listAudit'>): Promise<ListAuditReply> {
    const { pageToken: after, pageSize: limit } = asked;
    const page = await this.#facts.audit.entries(filterOf(asked), { after, limit });
    return { entries: page.items.map(({ document }) => document), nextPageToken: page.next };
  }

  /** A page of the chain, from its beginning on. */
  async listAuditChain(asked: Asked<'listAuditChain'>): Promise<ListAuditChainReply> {
    const { audit } = this.#facts;
    const { pageToken: after, pageSize: limit } = asked;
    if (after === '') await audit.sign();
    const page = await audit.links({ after, limit });
    const last = page.next === '' ? Infinity : (seqOfPlace(page.next) ?? 0);
    return {
      links: page.items.map(({ document }) => linkOf(document)),
      checkpoints: await audit.checkpoints(seqOfPlace(after) ?? 0, last),
      nextPageToken: page.next,
    };
  }
}

/** What stands in the chain's place, whatever it is. */
function linkOf(record: AuditRecord): AuditLink {
  const {
    seq = 0,
    prev = '',
    commitment = '',
    salt = '',
    hash = '',
    entry,
    end,
  } = isLink(record) ? record : { entry: record, end: null };
  return { seq, prev, commitment, salt, hash, entry: entry ?? undefined, end: end ?? undefined };
}

function filterOf({ since, until, by, action, person, door }: Asked<'listAudit'>): Filter {
  const equal = Object.entries({ by, action, person, door }).filter(([, value]) => value !== '');
  const at = { from: since, ...(until > 0 ? { below: until } : {}) };
  return {
    ...(since > 0 || until > 0 ? { at } : {}),
    ...Object.fromEntries(equal),
  };
}
