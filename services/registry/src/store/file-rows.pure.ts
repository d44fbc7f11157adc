import type { CollectionDefinition, IndexValue, Page, Stored } from './store.port.js';

/** A document as a query answers it. */
export interface Row {
  readonly id: string;
  /** What an ordered page is ordered by. */
  readonly value?: IndexValue;
  readonly version: number;
  readonly body: string;
}

/** The document of a row. */
export function storedOf<D>(row: Row): Stored<D> {
  return { id: row.id, version: row.version, document: JSON.parse(row.body) as D };
}

/** A page of rows, of which one more was asked for than it has; `nextOf`: the place where it ends. */
export function pageOf<D>(
  rows: readonly Row[],
  limit: number,
  nextOf: (last: Row) => string,
): Page<D> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => storedOf<D>(row)),
    next: last && rows.length > limit ? nextOf(last) : '',
  };
}

/** A value that a document is found by. */
export interface KeyRow {
  readonly field: string;
  readonly value: IndexValue;
}

/** Tells rows of the index apart. */
export function keyOf({ field, value }: KeyRow): string {
  return JSON.stringify([field, value]);
}

/** The rows of the index that a document has. */
export function keyRows<D>(collection: CollectionDefinition<D>, document: D): KeyRow[] {
  return Object.entries(collection.keysOf(document)).flatMap(([field, given]) => {
    const values = given === undefined ? [] : typeof given === 'object' ? given : [given];
    return values.map((value) => ({ field, value }));
  });
}
