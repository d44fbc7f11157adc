import { resolve } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '@latchkey/runtime';
import { cursorOf, placeOf } from './page-cursor.js';
import {
  countOf,
  type Lookup,
  lookupsOf,
  orderedPage,
  pageById,
  placeColumn,
  type Sql,
} from './file-sql.pure.js';
import { openDatabase } from './file-database.js';
import { keyOf, keyRows, ordersOf, pageOf, type Row, storedOf } from './file-rows.pure.js';
import { SharedCommit } from './shared-commit.js';
import {
  assertIndexed,
  type CollectionDefinition,
  type Filter,
  type IndexValue,
  type Page,
  type PageWanted,
  type Store,
  type Stored,
  type WriteResult,
} from './store.port.js';

/** So many may be sorted for a page; beyond it the order itself is followed, which then soon finds a page. */
const FEW = 2_000;
const UNBOUNDED = Number.MAX_SAFE_INTEGER;
const SCRUB_TRIES = 5;
const SCRUB_PAUSE_MS = 20;

/**
 * The embedded store: one SQLite file, WAL, full sync; JSON documents, their indexed values in a table beside.
 * @param url `file:<path>`; the folder is made if missing (0700), the file is the owner's alone (0600)
 */
export function openFileStore(
  url: string,
  collections: readonly CollectionDefinition<never>[],
): Store {
  const path = resolve(url.replace(/^file:(\/\/)?/, ''));
  try {
    return new FileStore(openDatabase(path, collections));
  } catch (cause) {
    throw away(`The database file ${path} cannot be opened.`, cause);
  }
}

class FileStore implements Store {
  private readonly database: DatabaseSync;
  private readonly commits: SharedCommit;
  private readonly prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();

  constructor(database: DatabaseSync) {
    this.database = database;
    this.commits = new SharedCommit(database);
  }

  insert<D>(collection: CollectionDefinition<D>, id: string, document: D): Promise<WriteResult> {
    return this.write((): WriteResult => {
      if (this.one(`SELECT 1 FROM ${collection.name} WHERE id = ?`, id)) {
        return { ok: false, why: 'taken', by: 'id' };
      }
      const taken = this.takenBy(collection, id, document);
      if (taken) return taken;
      const sql = `INSERT INTO ${collection.name} (id, version, body) VALUES (?, 1, ?)`;
      this.statement(sql).run(id, JSON.stringify(document));
      this.index(collection, id, document);
      return { ok: true, version: 1 };
    });
  }

  async get<D>(collection: CollectionDefinition<D>, id: string): Promise<Stored<D> | null> {
    return this.guarded(() => {
      const row = this.one(`SELECT id, version, body FROM ${collection.name} WHERE id = ?`, id);
      return row ? storedOf<D>(row) : null;
    });
  }

  replace<D>(
    collection: CollectionDefinition<D>,
    id: string,
    version: number,
    document: D,
  ): Promise<WriteResult> {
    return this.write((): WriteResult => {
      const sql = `UPDATE ${collection.name} SET version = version + 1, body = ? WHERE id = ? AND version = ?`;
      const taken = this.takenBy(collection, id, document);
      const isCurrent = this.one(
        `SELECT 1 FROM ${collection.name} WHERE id = ? AND version = ?`,
        id,
        version,
      );
      if (!isCurrent) return { ok: false, why: 'conflict' };
      if (taken) return taken;
      this.statement(sql).run(JSON.stringify(document), id, version);
      this.index(collection, id, document);
      return { ok: true, version: version + 1 };
    });
  }

  remove<D>(collection: CollectionDefinition<D>, id: string, version: number): Promise<boolean> {
    return this.write(() => {
      const sql = `DELETE FROM ${collection.name} WHERE id = ? AND version = ?`;
      if (this.statement(sql).run(id, version).changes !== 1) return false;
      this.unindex(collection, id);
      return true;
    });
  }

  async find<D>(
    collection: CollectionDefinition<D>,
    filter: Filter,
    page: PageWanted,
  ): Promise<Page<D>> {
    const { by, after, limit } = page;
    assertIndexed(collection, filter, by);
    const { name } = collection;
    const lookups = lookupsOf(filter);
    if (by === undefined) {
      const query = pageById(name, lookups, page);
      return this.guarded(() => pageOf<D>(this.all(query), limit, ({ id }) => id));
    }
    const { descending = false } = page;
    const ordered = { by, descending, after: placeOf(after), limit };
    return this.guarded(() => {
      const query = orderedPage(name, { ...ordered, ...this.fewest(name, lookups) });
      return pageOf<D>(this.all(query), limit, ({ id, value }) =>
        cursorOf({ id, value: value ?? '' }),
      );
    });
  }

  async count<D>(
    collection: CollectionDefinition<D>,
    filter: Filter,
    atMost = UNBOUNDED,
  ): Promise<number> {
    assertIndexed(collection, filter);
    const { name } = collection;
    return this.guarded(() => {
      const [first, ...others] = this.rarestFirst(name, lookupsOf(filter)).map(
        ({ lookup }) => lookup,
      );
      const { sql, values } = first
        ? countOf(name, first, others, atMost)
        : { sql: `SELECT min(count(*), ?) AS count FROM ${name}`, values: [atMost] };
      return Number(this.statement(sql).get(...values)?.['count']);
    });
  }

  /** The look-up that finds few, where there is one, and the others. */
  private fewest(name: string, lookups: readonly Lookup[]) {
    const [rarest, ...others] = this.rarestFirst(name, lookups);
    if (!rarest || rarest.count > FEW) return { few: null, others: lookups };
    return { few: rarest.lookup, others: others.map(({ lookup }) => lookup) };
  }

  /** The look-ups, those first that find the fewest; how many is counted no further than it matters. */
  private rarestFirst(name: string, lookups: readonly Lookup[]) {
    return lookups
      .map((lookup) => {
        const sql = `SELECT count(*) AS count FROM (SELECT 1 FROM ${name}_index WHERE ${lookup.sql} LIMIT ?)`;
        const count = Number(this.statement(sql).get(...lookup.values, FEW + 1)?.['count']);
        return { lookup, count };
      })
      .toSorted((one, other) => one.count - other.count);
  }

  async scrub(): Promise<void> {
    for (let attempt = 0; attempt < SCRUB_TRIES; attempt += 1) {
      const row = this.guarded(() => this.statement('PRAGMA wal_checkpoint(TRUNCATE)').get());
      // Busy: another instance reads what the log still holds.
      if (row?.['busy'] === 0) return;
      await delay(SCRUB_PAUSE_MS);
    }
    throw away('What was removed still lies in the log of the database file.', undefined);
  }

  async ping(): Promise<void> {
    this.guarded(() => this.statement('SELECT 1').get());
  }

  async close(): Promise<void> {
    if (!this.database.isOpen) return;
    this.commits.flush();
    this.database.close();
  }

  private async write<T>(work: () => T): Promise<T> {
    try {
      return await this.commits.write(work);
    } catch (cause) {
      throw unreachable(cause);
    }
  }

  private guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      throw unreachable(cause);
    }
  }

  private takenBy<D>(collection: CollectionDefinition<D>, id: string, document: D) {
    for (const { field, value } of keyRows(collection, document)) {
      if (!collection.indexes[field]?.unique) continue;
      const sql = `SELECT 1 FROM ${collection.name}_index WHERE field = ? AND value = ? AND id <> ?`;
      if (this.one(sql, field, value, id)) return { ok: false, why: 'taken', by: field } as const;
    }
    return null;
  }

  /** Makes the document's rows in the index true; those that stay are not touched. */
  private index<D>(collection: CollectionDefinition<D>, id: string, document: D): void {
    const { name } = collection;
    const wanted = new Map(keyRows(collection, document).map((row) => [keyOf(row), row]));
    const orders = ordersOf(collection).map(placeColumn);
    const columns = ['field', 'value', ...orders].join(', ');
    const sql = `SELECT ${columns} FROM ${name}_index WHERE id = ?`;
    for (const row of this.statement(sql).all(id)) {
      const [field, value, ...places] = Object.values(row) as [string, IndexValue];
      if (wanted.delete(keyOf({ field, value, places }))) continue;
      const drop = `DELETE FROM ${name}_index WHERE field = ? AND value = ? AND id = ?`;
      this.statement(drop).run(field, value, id);
    }
    const add = `INSERT INTO ${name}_index (id, ${columns}) VALUES (?, ?, ?${', ?'.repeat(orders.length)})`;
    for (const { field, value, places } of wanted.values()) {
      this.statement(add).run(id, field, value, ...places);
    }
  }

  private unindex<D>(collection: CollectionDefinition<D>, id: string): void {
    this.statement(`DELETE FROM ${collection.name}_index WHERE id = ?`).run(id);
  }

  private all({ sql, values }: Sql): Row[] {
    return this.statement(sql).all(...values) as unknown as Row[];
  }

  private one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.statement(sql).get(...values) as unknown as Row | undefined;
  }

  private statement(sql: string) {
    const known = this.prepared.get(sql);
    if (known) return known;
    const made = this.database.prepare(sql);
    this.prepared.set(sql, made);
    return made;
  }
}

function unreachable(cause: unknown): Failure {
  return away('The database file cannot be read or written.', cause);
}

function away(message: string, cause: unknown): Failure {
  return Failure.retryable(
    'LK-STO-001',
    `${message} Mend LK_STORE_URL, the folder's rights or the disk; Latchkey goes on by itself.`,
    { cause },
  );
}
