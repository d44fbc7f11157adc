import type { Bucket } from '@latchkey/runtime';
import { Failure } from '@latchkey/runtime';
import type { CollectionDefinition, Filter, Store } from './store/store.port.js';

const TRIES = 8;
const PAGE = 200;

/** How documents become entries of a bucket. */
export interface MirrorFacts<D, Value> {
  readonly store: Store;
  readonly collection: CollectionDefinition<D>;
  readonly bucket: Pick<Bucket<Value>, 'get' | 'put' | 'delete' | 'keys'>;
  /** The documents that have an entry. */
  readonly shown: Filter;
  /** Which entry a document has now, as a number that changes whenever the entry must; `null`: none. */
  readonly stampOf: (document: D) => number | null;
  readonly valueOf: (document: D) => Value;
  /** The stamp of the document that an entry was made of. */
  readonly stampOfValue: (value: Value) => number;
  /** Keys of the bucket that belong to no document. */
  readonly otherKeys: readonly string[];
}

/** Keeps a bucket in step with a collection. */
export class BucketMirror<D, Value> {
  readonly #facts: MirrorFacts<D, Value>;

  constructor(facts: MirrorFacts<D, Value>) {
    this.#facts = facts;
  }

  /**
   * Brings one entry in step. The document is read again after the write: so a writer that was held up between the two
   * sees that it brought back what was removed meanwhile, and takes it away again.
   */
  async sync(id: string): Promise<void> {
    const { bucket } = this.#facts;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const before = await this.#read(id);
      if (before) await bucket.put(id, before.value());
      else await bucket.delete(id);
      if ((await this.#read(id))?.stamp === before?.stamp) return;
    }
    throw Failure.retryable('LK-STO-002');
  }

  /** Makes the whole bucket true: adds what is missing or old, takes away what belongs to nobody. */
  async reconcile(): Promise<void> {
    const { store, collection, shown, bucket, otherKeys } = this.#facts;
    const unknown = new Set(await bucket.keys());
    for (const key of otherKeys) unknown.delete(key);
    let after = '';
    do {
      const page = await store.find(collection, shown, { after, limit: PAGE });
      await Promise.all(
        page.items.map(async ({ id, document }) => {
          const isThere = unknown.delete(id);
          if (!isThere || (await this.#isOld(id, document))) await this.sync(id);
        }),
      );
      after = page.next;
    } while (after !== '');
    for (const id of unknown) await this.sync(id);
  }

  /** Makes every entry anew, as it is. */
  async rewrite(): Promise<void> {
    const { store, collection, shown } = this.#facts;
    let after = '';
    do {
      const page = await store.find(collection, shown, { after, limit: PAGE });
      await Promise.all(page.items.map(({ id }) => this.sync(id)));
      after = page.next;
    } while (after !== '');
  }

  async #isOld(id: string, document: D): Promise<boolean> {
    const entry = await this.#facts.bucket.get(id);
    return !entry || this.#facts.stampOfValue(entry.value) !== this.#facts.stampOf(document);
  }

  async #read(id: string): Promise<{ stamp: number; value: () => Value } | null> {
    const { store, collection, stampOf, valueOf } = this.#facts;
    const stored = await store.get(collection, id);
    const stamp = stored ? stampOf(stored.document) : null;
    return stored && stamp !== null ? { stamp, value: () => valueOf(stored.document) } : null;
  }
}
