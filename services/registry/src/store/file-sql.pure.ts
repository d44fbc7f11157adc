import type { Condition, Filter, IndexValue, PageWanted } from './store.port.js';

/** The statements that make a collection's tables true; `unique` are the fields in which no two documents agree. */
export function statementsOf(name: string, unique: readonly string[]): string {
  const fields = unique.map((field) => `'${field}'`).join(', ');
  return `
    CREATE TABLE IF NOT EXISTS ${name} (
      id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS ${name}_index (
      field TEXT NOT NULL, value ANY NOT NULL, id TEXT NOT NULL, PRIMARY KEY (field, value, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS ${name}_index_id ON ${name}_index (id);
    ${fields ? `CREATE UNIQUE INDEX IF NOT EXISTS ${name}_unique ON ${name}_index (field, value) WHERE field IN (${fields});` : ''}
  `;
}

/** A filter as SQL, each condition a look-up in the collection's index; values go as parameters. */
export function queryOf(
  name: string,
  filter: Filter,
): { readonly where: string; readonly values: readonly IndexValue[] } {
  const parts = Object.entries(filter).map(([field, condition]) => {
    const { test, values } = testOf(condition);
    return {
      sql: ` AND id IN (SELECT id FROM ${name}_index WHERE field = ? AND ${test})`,
      values: [field, ...values],
    };
  });
  return {
    where: parts.map(({ sql }) => sql).join(''),
    values: parts.flatMap(({ values }) => values),
  };
}

/** A page of what a filter finds, and one row more, which says whether there is a next page. */
export function pageQueryOf(
  name: string,
  filter: Filter,
  { after, limit, descending = false }: PageWanted,
): { readonly sql: string; readonly values: readonly IndexValue[] } {
  const { where, values } = queryOf(name, filter);
  const [beyond, order] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
  const start = after === '' ? '1' : `id ${beyond} ?`;
  return {
    sql: `SELECT id, version, body FROM ${name} WHERE ${start}${where} ORDER BY id ${order} LIMIT ?`,
    values: [...(after === '' ? [] : [after]), ...values, limit + 1],
  };
}

function testOf(condition: Condition): { test: string; values: readonly IndexValue[] } {
  if (typeof condition !== 'object') return { test: 'value = ?', values: [condition] };
  if ('in' in condition) {
    return { test: `value IN (${condition.in.map(() => '?').join(', ')})`, values: condition.in };
  }
  const { from, below } = condition;
  const tests = [
    ...(from === undefined ? [] : ['value >= ?']),
    ...(below === undefined ? [] : ['value < ?']),
    "typeof(value) IN ('integer', 'real')",
  ];
  return {
    test: tests.join(' AND '),
    values: [from, below].filter((value) => value !== undefined),
  };
}
