import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BucketMirror } from './bucket-mirror.js';
import { openStore } from './store/open-store.js';
import type { CollectionDefinition, Store } from './store/store.port.js';

interface Guest {
  readonly stamp: number;
}
const guests: CollectionDefinition<Guest> = { name: 'guests', indexes: {}, keysOf: () => ({}) };

// Real: the store. The bucket is a map, so that a writer can be held up at the worst moment.
describe('a bucket that mirrors documents', () => {
  let folder: string;
  let store: Store;
  let entries: Map<string, number>;
  let heldUp: () => Promise<void>;
  let mirror: BucketMirror<Guest, number>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latchkey-mirror-'));
    store = await openStore(`file:${join(folder, 'x.db')}`, [guests]);
    entries = new Map();
    heldUp = async () => undefined;
    mirror = new BucketMirror({
      store,
      collection: guests,
      shown: {},
      stampOf: ({ stamp }) => stamp,
      valueOf: ({ stamp }) => stamp,
      stampOfValue: (value) => value,
      otherKeys: [],
      bucket: {
        get: async (key) => ({ value: entries.get(key) ?? 0, revision: 1 }),
        keys: async () => [...entries.keys()],
        delete: async (key) => void entries.delete(key),
        put: async (key, value) => {
          await heldUp();
          return entries.set(key, value).size;
        },
      },
    });
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('never brings back who was removed while a writer was held up', async () => {
    await store.insert(guests, 'ada', { stamp: 1 });
    heldUp = async () => {
      heldUp = async () => undefined;
      await store.remove(guests, 'ada', 1);
      await mirror.sync('ada');
    };
    await mirror.sync('ada');
    expect([...entries]).toEqual([]);
  });

  it('ends with the newest where another change came in between', async () => {
    await store.insert(guests, 'ada', { stamp: 1 });
    heldUp = async () => {
      heldUp = async () => undefined;
      await store.replace(guests, 'ada', 1, { stamp: 2 });
      await mirror.sync('ada');
    };
    await mirror.sync('ada');
    expect([...entries]).toEqual([['ada', 2]]);
  });

  it('is made true: what is missing or old is written, what belongs to nobody goes', async () => {
    await store.insert(guests, 'ada', { stamp: 3 });
    await store.insert(guests, 'bob', { stamp: 4 });
    entries.set('bob', 1).set('ghost', 9);
    await mirror.reconcile();
    expect(new Map(entries)).toEqual(
      new Map([
        ['ada', 3],
        ['bob', 4],
      ]),
    );
  });
});
