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

/** A value that a document is found by, beside the document's places in each order (`null`: it has none there). */
export interface KeyRow {
  readonly field: string;
  readonly value: IndexValue;
  readonly places: readonly (IndexValue | null)[];
}

/** Tells rows of the index apart. */
export function keyOf({ field, value, places }: KeyRow): string {
  return JSON.stringify([field, value, ...places]);
}

/** The fields in whose order pages can be. */
export function ordersOf<D>({ indexes }: Pick<CollectionDefinition<D>, 'indexes'>): string[] {
  return Object.keys(indexes).filter((field) => indexes[field]?.ordered);
}

/** The rows of the index that a document has. */
export function keyRows<D>(collection: CollectionDefinition<D>, document: D): KeyRow[] {
  const keys = Object.entries(collection.keysOf(document)).map(
    ([field, given]) => [field, valuesOf(given)] as const,
  );
  const known = new Map(keys);
  const places = ordersOf(collection).map((field) => known.get(field)?.[0] ?? null);
  return keys.flatMap(([field, values]) => values.map((value) => ({ field, value, places })));
}

function valuesOf(given: IndexValue | readonly IndexValue[] | undefined): readonly IndexValue[] {
  if (given === undefined) return [];
  return typeof given === 'object' ? given : [given];
}
