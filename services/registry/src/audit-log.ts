import { randomBytes } from 'node:crypto';
import {
  ACT_BEGUN,
  type AuditCheckpoint,
  type AuditContent,
  type AuditLink,
  CHECKPOINT_EVERY,
  checkpointText,
  hasLostValues,
  linkAfter,
  withoutValues,
} from '@latchkey/contracts';
import type { AuditEntry } from '@latchkey/contracts/grpc';
import type { Signer } from '@latchkey/runtime';
import { neverItsTurn, TRIES, takeTurn } from './change.js';
import {
  auditCollection,
  checkpointsCollection,
  isLink,
  placeOfLink,
  seqOfPlace,
} from './domain/audit.pure.js';
import type { Filter, Page, PageWanted, Store } from './store/store.port.js';

const SALT_BYTES = 16;
const PAGE = 200;

type Head = Pick<AuditLink, 'seq' | 'hash'>;

/** What the audit's chain needs. */
export interface AuditLogFacts {
  readonly store: Store;
  readonly signer: Signer;
  readonly nowMs: () => number;
  /** Tells others what was signed: whoever holds the store and the key cannot take that back. */
  readonly tell: (checkpoint: AuditCheckpoint) => Promise<void>;
}

/** The audit: a chain of links, added one after the other, and signatures of it. */
export class AuditLog {
  readonly #facts: AuditLogFacts;
  #last: Promise<unknown> = Promise.resolve();
  #head: Head | null = null;
  #signed = 0;
  #untold: AuditCheckpoint | null = null;

  constructor(facts: AuditLogFacts) {
    this.#facts = facts;
  }

  /** Adds an entry; one that is there is left as it is. @throws Failure LK-STO-00x, retryable: then add it again */
  append(entry: AuditEntry): Promise<void> {
    return this.#inTurn(() => this.#add({ entry, end: null }));
  }

  /** Adds how an act ended; where it has ended already, that stays. */
  appendEnd(end: { readonly id: string; readonly outcome: string }): Promise<void> {
    return this.#inTurn(() => this.#add({ entry: null, end: { ...end, at: this.#facts.nowMs() } }));
  }

  /** An entry, and how the act ended that it says was begun. */
  async find(id: string): Promise<{ entry: AuditEntry; ended: string | null } | null> {
    const entry = await this.#one({ entry: id });
    if (!entry?.entry) return null;
    return { entry: entry.entry, ended: (await this.#one({ end: id }))?.end?.outcome ?? null };
  }

  /** A page of entries, the newest first, each with the end of its act. */
  async entries(filter: Filter, page: PageWanted): Promise<Page<AuditEntry>> {
    const found = await this.#facts.store.find(auditCollection, filter, {
      ...page,
      by: 'at',
      descending: true,
    });
    const items = found.items.flatMap(({ document, ...stored }) => {
      const entry = isLink(document) ? document.entry : document;
      return entry ? [{ ...stored, document: entry }] : [];
    });
    const told = items.map(async (item) => ({
      ...item,
      document: await this.#asEnded(item.document),
    }));
    return { items: await Promise.all(told), next: found.next };
  }

  /** A page of what is stored, as it is stored, in its order. */
  async links(page: PageWanted) {
    return await this.#facts.store.find(auditCollection, {}, page);
  }

  /** The signatures after one place and, but for the last page, up to another. */
  async checkpoints(after: number, upTo: number): Promise<AuditCheckpoint[]> {
    const found: AuditCheckpoint[] = [];
    let from = after === 0 ? '' : placeOfLink(after);
    do {
      const page = await this.#facts.store.find(
        checkpointsCollection,
        {},
        { after: from, limit: PAGE },
      );
      found.push(...page.items.map(({ document }) => document));
      from = page.next;
    } while (from !== '' && (found.at(-1)?.seq ?? 0) <= upTo);
    return found.filter(({ seq }) => seq <= upTo);
  }

  /** Signs the chain as far as it goes, if something was added since it was signed last. */
  sign(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#sign();
      await this.#tellSigned();
    });
  }

  /** Takes the values out of what is noted about a person before a time; the chain still holds. */
  async erase(person: string, beforeMs: number): Promise<void> {
    const { store } = this.#facts;
    let after = '';
    do {
      const page = await store.find(auditCollection, { person }, { after, limit: PAGE });
      for (const { id, version, document } of page.items) {
        if (!isLink(document) || (document.entry?.at ?? Infinity) > beforeMs) continue;
        if (document.salt === '' || hasLostValues(document)) continue;
        await store.replace(auditCollection, id, version, withoutValues(document));
      }
      after = page.next;
    } while (after !== '');
  }

  /** Puts the entries into the chain that an older version stored without one. */
  async chainLooseEntries(): Promise<void> {
    const { store } = this.#facts;
    for (;;) {
      const page = await store.find(auditCollection, {}, { after: '', limit: PAGE });
      const loose = page.items.filter(({ document }) => !isLink(document));
      for (const { id, version, document } of loose) {
        await this.append(document as AuditEntry);
        await store.remove(auditCollection, id, version);
      }
      if (loose.length < PAGE) return;
    }
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #add(content: AuditContent): Promise<void> {
    const { store } = this.#facts;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      this.#head ??= await this.#readHead();
      const salt = randomBytes(SALT_BYTES).toString('base64url');
      const link = linkAfter(this.#head, content, salt);
      const written = await store.insert(auditCollection, placeOfLink(link.seq), link);
      if (written.ok) {
        this.#head = link;
        if (link.seq - this.#signed >= CHECKPOINT_EVERY) {
          await this.#sign();
          await this.#tellSigned();
        }
        return;
      }
      // Another instance took the place: what it put there comes first.
      this.#head = null;
      if (written.why === 'taken' && written.by !== 'id') return;
      await takeTurn(attempt);
    }
    throw neverItsTurn();
  }

  async #sign(): Promise<void> {
    const { store, signer, nowMs } = this.#facts;
    const head = await this.#readHead();
    if (!head || head.seq === this.#signed) return;
    const signed = { seq: head.seq, hash: head.hash, at: nowMs() };
    const checkpoint = { ...signed, signature: signer.sign(checkpointText(signed)) };
    const written = await store.insert(checkpointsCollection, placeOfLink(head.seq), checkpoint);
    this.#signed = head.seq;
    // Taken: another instance signed the same, and tells of it.
    if (written.ok) this.#untold = checkpoint;
  }

  /** Where the broker is away it is told later, or a newer one is, which stands for it. */
  async #tellSigned(): Promise<void> {
    const { tell } = this.#facts;
    if (this.#untold === null) return;
    await tell(this.#untold).then(
      () => (this.#untold = null),
      () => undefined,
    );
  }

  /** The last place that is taken: the store's word for it, whatever lies there. */
  async #readHead(): Promise<Head | null> {
    const newest = { after: '', limit: 1, descending: true };
    const [last] = (await this.#facts.store.find(auditCollection, {}, newest)).items;
    const seq = last ? seqOfPlace(last.id) : null;
    return last && seq !== null && isLink(last.document) ? { seq, hash: last.document.hash } : null;
  }

  async #asEnded(entry: AuditEntry): Promise<AuditEntry> {
    if (entry.outcome !== ACT_BEGUN) return entry;
    const end = (await this.#one({ end: entry.id }))?.end;
    return end ? { ...entry, outcome: end.outcome } : entry;
  }

  async #one(filter: Filter): Promise<AuditLink | null> {
    const [found] = (await this.#facts.store.find(auditCollection, filter, { after: '', limit: 1 }))
      .items;
    return found && isLink(found.document) ? found.document : null;
  }
}
