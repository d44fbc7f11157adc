/** A value that documents are found by. */
export type IndexValue = string | number;

/** A kind of document: its name and the only fields that it can be found by. */
export interface CollectionDefinition<Document> {
  readonly name: string;
  /**
   * `unique`: no two documents have the same value; documents without one don't count. `ordered`: pages can be in the order
   * of its values, of which a document has at most one. `paged`: what it finds is many and asked for in such an order, which
   * is worth an index of both where an adapter needs one.
   */
  readonly indexes: Readonly<
    Record<
      string,
      { readonly unique?: boolean; readonly ordered?: boolean; readonly paged?: boolean }
    >
  >;
  /** The values of the indexed fields; a list where a document is found by each of several. */
  readonly keysOf: (
    document: Document,
  ) => Readonly<Record<string, IndexValue | readonly IndexValue[] | undefined>>;
}

/** A document as it is stored; each write of it counts `version` up by one, from 1. */
export interface Stored<Document> {
  readonly id: string;
  readonly version: number;
  readonly document: Document;
}

/** `conflict`: the version is no longer that; `taken`: another has the id or the unique value of the field `by`. */
export type WriteResult =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly why: 'conflict' }
  | { readonly ok: false; readonly why: 'taken'; readonly by: string };

/**
 * What an indexed field must be: equal, one of a few, a number in a range (`from` included, `below` not), or texts: for
 * each of `begins`, one of the field's values begins with it.
 */
export type Condition =
  | IndexValue
  | { readonly in: readonly IndexValue[] }
  | { readonly from?: number; readonly below?: number }
  | { readonly begins: readonly string[] };

/** Conditions on indexed fields, all of which must hold. */
export type Filter = Readonly<Record<string, Condition>>;

/** Which page: `after` is the `next` of the page before, or ''. */
export interface PageWanted {
  readonly after: string;
  readonly limit: number;
  /** By the values of an `ordered` field, then by id; documents without one are left out. Without it: by id. */
  readonly by?: string;
  /** The greatest first. */
  readonly descending?: boolean;
}

export interface Page<Document> {
  readonly items: readonly Stored<Document>[];
  /** Where the next page begins; empty: there is none. */
  readonly next: string;
}

/**
 * Versioned documents, one at a time: all that the registry asks of a database. Both adapters mean the same by it;
 * the contract suite holds them to that. Every method fails with LK-STO-001 (retryable) where the database is away.
 */
export interface Store {
  insert<D>(collection: CollectionDefinition<D>, id: string, document: D): Promise<WriteResult>;
  get<D>(collection: CollectionDefinition<D>, id: string): Promise<Stored<D> | null>;
  /** Writes only if the document still has that version: of any number at once, one wins. */
  replace<D>(
    collection: CollectionDefinition<D>,
    id: string,
    version: number,
    document: D,
  ): Promise<WriteResult>;
  /** Removes only if the document still has that version. */
  remove<D>(collection: CollectionDefinition<D>, id: string, version: number): Promise<boolean>;
  /** A page of documents, in order by code point. Without an order of its own, `after` may also be any id. */
  find<D>(collection: CollectionDefinition<D>, filter: Filter, page: PageWanted): Promise<Page<D>>;
  /** How many there are; not more than `atMost`, where that is given. */
  count<D>(collection: CollectionDefinition<D>, filter: Filter, atMost?: number): Promise<number>;
  /** Afterwards nothing that was removed is left in files that the store itself owns. Fails, retryable, while another reads it. */
  scrub(): Promise<void>;
  /** Fails where the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** @throws RangeError where a field is not indexed, or not `ordered`: the adapters would differ on it. */
export function assertIndexed<D>(
  collection: CollectionDefinition<D>,
  filter: Filter,
  by?: string,
): void {
  for (const field of Object.keys(filter)) {
    if (!(field in collection.indexes)) {
      throw new RangeError(`${collection.name} is not indexed by ${field}; declare it first`);
    }
  }
  if (by !== undefined && !collection.indexes[by]?.ordered) {
    throw new RangeError(`${collection.name} is not ordered by ${by}; declare it first`);
  }
}
