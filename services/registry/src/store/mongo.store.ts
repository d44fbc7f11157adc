import { Failure } from '@latchkey/runtime';
import {
  type Collection,
  type Db,
  MongoClient,
  type Filter as MongoFilter,
  MongoServerError,
} from 'mongodb';
import { cursorOf, placeOf } from './page-cursor.js';
import {
  assertIndexed,
  type CollectionDefinition,
  type Condition,
  type Filter,
  type IndexValue,
  type Page,
  type PageWanted,
  type Store,
  type Stored,
  type WriteResult,
} from './store.port.js';

const DUPLICATE_KEY = 11_000;
const ANSWER_WITHIN_MS = 5_000;

/** A document as it lies in MongoDB: what it is found by stands apart, so that both adapters index the same. */
interface Row {
  readonly _id: string;
  readonly version: number;
  readonly body: object;
  readonly keys: Record<string, unknown>;
}

/**
 * The store for production: MongoDB by the official driver; majority writes, journalled; single-document atomicity only.
 * @param url `mongodb://…/<database>`; the database is `latchkey` where none is named
 */
export async function openMongoStore(
  url: string,
  collections: readonly CollectionDefinition<never>[],
): Promise<Store> {
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: ANSWER_WITHIN_MS,
    connectTimeoutMS: ANSWER_WITHIN_MS,
    socketTimeoutMS: 2 * ANSWER_WITHIN_MS,
    writeConcern: { w: 'majority', journal: true },
    readPreference: 'primary',
    ignoreUndefined: true,
  });
  try {
    await client.connect();
    const database = client.db(
      /\/[^/?]+(\?|$)/.test(url.replace(/^[^/]+\/\//, '')) ? undefined : 'latchkey',
    );
    await Promise.all(collections.map((collection) => makeIndexes(database, collection)));
    return new MongoStore(client, database);
  } catch (error) {
    await client.close();
    throw away(error);
  }
}

async function makeIndexes(
  database: Db,
  { name, indexes }: CollectionDefinition<never>,
): Promise<void> {
  const rows = database.collection(name);
  const orders = Object.keys(indexes).filter((field) => indexes[field]?.ordered);
  for (const [field, { unique, ordered, paged }] of Object.entries(indexes)) {
    if (unique) await rows.createIndex(ascending(field), { name: field, unique, sparse: true });
    else if (!ordered && !paged) await rows.createIndex(ascending(field), { name: field });
    if (ordered) {
      await rows.createIndex({ ...ascending(field), _id: 1 }, { name: `${field}_ordered` });
    }
    for (const order of paged ? orders : []) {
      // Beside what is found stands the order: nothing is sorted that is no longer on the page.
      const both = { ...ascending(field), ...ascending(order), _id: 1 as const };
      await rows.createIndex(both, { name: `${field}_by_${order}` });
    }
  }
}

function ascending(field: string): Record<string, 1> {
  return { [`keys.${field}`]: 1 };
}

class MongoStore implements Store {
  private readonly client: MongoClient;
  private readonly database: Db;

  constructor(client: MongoClient, database: Db) {
    this.client = client;
    this.database = database;
  }

  insert<D>(collection: CollectionDefinition<D>, id: string, document: D): Promise<WriteResult> {
    return guarded(async () => {
      const row = { _id: id, version: 1, ...contentOf(collection, document) };
      const taken = await takenBy(this.rows(collection).insertOne(row));
      return taken ?? { ok: true, version: 1 };
    });
  }

  get<D>(collection: CollectionDefinition<D>, id: string): Promise<Stored<D> | null> {
    return guarded(async () => {
      const row = await this.rows(collection).findOne({ _id: id });
      return row ? storedOf<D>(row) : null;
    });
  }

  replace<D>(
    collection: CollectionDefinition<D>,
    id: string,
    version: number,
    document: D,
  ): Promise<WriteResult> {
    return guarded(async () => {
      const row = { version: version + 1, ...contentOf(collection, document) };
      const writing = this.rows(collection).replaceOne({ _id: id, version }, row);
      const taken = await takenBy(writing);
      if (taken) return taken;
      const { matchedCount } = await writing;
      return matchedCount === 1
        ? { ok: true, version: version + 1 }
        : { ok: false, why: 'conflict' };
    });
  }

  remove<D>(collection: CollectionDefinition<D>, id: string, version: number): Promise<boolean> {
    return guarded(async () => {
      const { deletedCount } = await this.rows(collection).deleteOne({ _id: id, version });
      return deletedCount === 1;
    });
  }

  find<D>(collection: CollectionDefinition<D>, filter: Filter, page: PageWanted): Promise<Page<D>> {
    assertIndexed(collection, filter, page.by);
    const { by } = page;
    const { query, sort } =
      by === undefined ? queryById(filter, page) : orderedQuery(filter, by, page);
    return guarded(async () => {
      const rows = await this.rows(collection)
        .find(query, { sort, limit: page.limit + 1 })
        .toArray();
      const shown = rows.slice(0, page.limit);
      const last = rows.length > page.limit ? shown.at(-1) : undefined;
      return {
        items: shown.map((row) => storedOf<D>(row)),
        next: last ? nextAfter(last, by) : '',
      };
    });
  }

  count<D>(collection: CollectionDefinition<D>, filter: Filter, atMost?: number): Promise<number> {
    assertIndexed(collection, filter);
    const bound = atMost === undefined ? {} : { limit: atMost };
    return guarded(() => this.rows(collection).countDocuments(queryOf(filter), bound));
  }

  async scrub(): Promise<void> {
    // What a MongoDB server keeps in its files and journal is for its operator to encrypt or rotate.
  }

  async ping(): Promise<void> {
    await guarded(() => this.database.command({ ping: 1 }));
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private rows<D>(collection: CollectionDefinition<D>): Collection<Row> {
    return this.database.collection<Row>(collection.name);
  }
}

function contentOf<D>(collection: CollectionDefinition<D>, document: D) {
  const keys = Object.entries(collection.keysOf(document)).filter(
    ([, value]) => value !== undefined,
  );
  return { body: document as object, keys: Object.fromEntries(keys) };
}

function storedOf<D>(row: Row): Stored<D> {
  return { id: row._id, version: row.version, document: row.body as D };
}

function queryOf(filter: Filter): MongoFilter<Row> {
  return Object.fromEntries(
    Object.entries(filter).map(([field, condition]) => [`keys.${field}`, testOf(condition)]),
  );
}

function testOf(condition: Condition): object {
  if (typeof condition !== 'object') return { $eq: condition };
  if ('in' in condition) return { $in: condition.in };
  // By the beginning, so that the index is used; each of several may hold for another of the field's values.
  if ('begins' in condition) {
    return { $all: condition.begins.map((text) => new RegExp(`^${escaped(text)}`)) };
  }
  const { from, below } = condition;
  return {
    ...(from === undefined ? {} : { $gte: from }),
    ...(below === undefined ? {} : { $lt: below }),
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}

interface Query {
  readonly query: MongoFilter<Row>;
  readonly sort: Record<string, 1 | -1>;
}

function queryById(filter: Filter, { after, descending = false }: PageWanted): Query {
  const beyond = after === '' ? {} : { _id: descending ? { $lt: after } : { $gt: after } };
  return { query: { ...queryOf(filter), ...beyond }, sort: { _id: descending ? -1 : 1 } };
}

function orderedQuery(
  filter: Filter,
  by: string,
  { after, descending = false }: PageWanted,
): Query {
  const key = `keys.${by}`;
  const direction = descending ? -1 : 1;
  const place = placeOf(after);
  const beyond = descending ? '$lt' : '$gt';
  const rest = place && {
    // Also bounded as a whole: MongoDB takes that, but not the two below together, for the index.
    [key]: { [`${beyond}e`]: place.value },
    $or: [
      { [key]: { [beyond]: place.value } },
      { [key]: place.value, _id: { [beyond]: place.id } },
    ],
  };
  const query = { $and: [queryOf(filter), rest ?? { [key]: { $exists: true } }] };
  return { query, sort: { [key]: direction, _id: direction } };
}

function nextAfter({ _id: id, keys }: Row, by: string | undefined): string {
  return by === undefined ? id : cursorOf({ id, value: keys[by] as IndexValue });
}

/** Waits for a write; a duplicate key becomes an answer. */
async function takenBy(writing: Promise<unknown>) {
  try {
    await writing;
    return null;
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) throw error;
    return { ok: false, why: 'taken', by: fieldOf(error) } as const;
  }
}

/** Which unique field was taken: MongoDB names the index in the message, as `index: <name> dup key`. */
function fieldOf(error: MongoServerError): string {
  const field = /index: (\w+)/.exec(error.message)?.[1];
  return field === undefined || field.startsWith('_id') ? 'id' : field;
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw away(error);
  }
}

function away(cause: unknown): Failure {
  return Failure.retryable(
    'LK-STO-001',
    'The database cannot be reached, or refuses. Start it or mend LK_STORE_URL; Latchkey goes on by itself.',
    { cause },
  );
}
