import type { Place } from './page-cursor.js';
import type { Condition, Filter, IndexValue, PageWanted } from './store.port.js';

/** Beyond every text that begins with what stands before it (by code point, as SQLite compares). */
const LAST_CHARACTER = '\u{10FFFF}';

/**
 * The statements that make a collection's tables true. Beside each value stand the places of its document in the `orders`,
 * so that what a value finds is sorted by what is read anyway.
 * @param unique the fields in which no two documents agree
 */
export function statementsOf(
  name: string,
  unique: readonly string[],
  orders: readonly string[],
): string {
  const fields = unique.map((field) => `'${field}'`).join(', ');
  const places = orders.map((order) => `${placeColumn(order)} ANY, `).join('');
  return `
    CREATE TABLE IF NOT EXISTS ${name} (
      id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS ${name}_index (
      field TEXT NOT NULL, value ANY NOT NULL, id TEXT NOT NULL, ${places}PRIMARY KEY (field, value, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS ${name}_index_id ON ${name}_index (id);
    ${fields ? `CREATE UNIQUE INDEX IF NOT EXISTS ${name}_unique ON ${name}_index (field, value) WHERE field IN (${fields});` : ''}
  `;
}

/** The column that holds a document's place in an order. */
export function placeColumn(order: string): string {
  return `by_${order}`;
}

type Values = readonly IndexValue[];

/** A piece of SQL, and what goes into its place-holders. */
export interface Sql {
  readonly sql: string;
  readonly values: Values;
}

/** One look-up in the index, as a condition on its columns `field` and `value`. */
export interface Lookup extends Sql {
  /** It finds a document once at most: it asks for one value. */
  readonly once: boolean;
}

/** The look-ups of a filter, each of which must find a document. */
export function lookupsOf(filter: Filter): Lookup[] {
  return Object.entries(filter).flatMap(([field, condition]) =>
    testsOf(condition).map(({ sql, values }) => ({
      sql: `field = ? AND ${sql}`,
      values: [field, ...values],
      once: typeof condition !== 'object',
    })),
  );
}

/** A page by id of what all look-ups find, and one row more, which says whether there is a next page. */
export function pageById(
  name: string,
  lookups: readonly Sql[],
  { after, limit, descending = false }: PageWanted,
): Sql {
  const [beyond, direction] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
  const start = after === '' ? '1' : `id ${beyond} ?`;
  const parts = lookups.map(({ sql }) => ` AND id IN (SELECT id FROM ${name}_index WHERE ${sql})`);
  return {
    sql: `SELECT id, version, body FROM ${name} WHERE ${start}${parts.join('')} ORDER BY id ${direction} LIMIT ?`,
    values: [
      ...(after === '' ? [] : [after]),
      ...lookups.flatMap(({ values }) => values),
      limit + 1,
    ],
  };
}

/** How a page is found in order: along the order, or, where a look-up finds few, by sorting those. */
export interface OrderedPage {
  readonly by: string;
  readonly descending: boolean;
  readonly after: Place | null;
  readonly limit: number;
  readonly few: Sql | null;
  readonly others: readonly Sql[];
}

/** A page in the order of a field, and one row more: only the documents of the page itself are read. */
export function orderedPage(
  name: string,
  { by, descending, after, limit, few, others }: OrderedPage,
): Sql {
  const index = `${name}_index`;
  const [beyond, direction] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
  const { sql, values } = few ?? { sql: 'field = ?', values: [by] };
  const place = few ? `s.${placeColumn(by)}` : 's.value';
  return {
    sql: `WITH page AS (
        SELECT DISTINCT s.id AS id, ${place} AS value FROM ${index} AS s
        WHERE ${sql} AND ${place} IS NOT NULL
        ${after ? `AND (${place}, s.id) ${beyond} (?, ?)` : ''}${havingAll(index, others)}
        ORDER BY ${place} ${direction}, s.id ${direction} LIMIT ?
      )
      SELECT d.id, d.version, d.body, page.value FROM page CROSS JOIN ${name} AS d ON d.id = page.id
      ORDER BY page.value ${direction}, page.id ${direction}`,
    values: [
      ...values,
      ...(after ? [after.value, after.id] : []),
      ...others.flatMap(({ values: asked }) => asked),
      limit + 1,
    ],
  };
}

/** Counts what one look-up finds and the others have, too; no further than `atMost`. */
export function countOf(name: string, first: Lookup, others: readonly Sql[], atMost: number): Sql {
  const index = `${name}_index`;
  return {
    sql: `SELECT count(*) AS count FROM (
        SELECT ${first.once ? '' : 'DISTINCT '}s.id FROM ${index} AS s WHERE ${first.sql}${havingAll(index, others)} LIMIT ?
      )`,
    values: [...first.values, ...others.flatMap(({ values }) => values), atMost],
  };
}

/** What `s` must have, too: each looked up by its id, however many there are. */
function havingAll(index: string, lookups: readonly Sql[]): string {
  return lookups
    .map(
      ({ sql }) =>
        ` AND EXISTS (SELECT 1 FROM ${index} INDEXED BY ${index}_id WHERE id = s.id AND ${sql})`,
    )
    .join('');
}

function testsOf(condition: Condition): Sql[] {
  if (typeof condition !== 'object') return [{ sql: 'value = ?', values: [condition] }];
  if ('in' in condition) {
    const places = condition.in.map(() => '?').join(', ');
    return [{ sql: `value IN (${places})`, values: condition.in }];
  }
  if ('begins' in condition) {
    return condition.begins.map((text) => ({
      sql: 'value >= ? AND value < ?',
      values: [text, `${text}${LAST_CHARACTER}`],
    }));
  }
  const { from, below } = condition;
  const tests = [
    ...(from === undefined ? [] : ['value >= ?']),
    ...(below === undefined ? [] : ['value < ?']),
    "typeof(value) IN ('integer', 'real')",
  ];
  const values = [from, below].filter((value) => value !== undefined);
  return [{ sql: tests.join(' AND '), values }];
}
