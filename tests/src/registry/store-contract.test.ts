import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openStore, type Store } from '@latchkey/registry/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, guests, useStores } from './stores.fixture.js';

const { facts, adapters } = useStores();

describe.each(Object.entries(adapters))('a store behind %s', (_, urlOf) => {
  let url: string;
  let store: Store;
  let other: Store;
  beforeAll(async () => {
    url = urlOf();
    store = await openStore(url, [guests]);
    other = await openStore(url, [guests]);
  });
  afterAll(async () => {
    await store.close();
    await other.close();
  });

  it('gives back what was put in, with its version', async () => {
    const guest = { name: 'Zoë ☃ "quoted"', mail: 'zoe@x.example', tags: ['a', 'b'], age: 4.5 };
    expect(await store.insert(guests, 'zoe', guest)).toEqual({ ok: true, version: 1 });
    expect(await other.get(guests, 'zoe')).toEqual({ id: 'zoe', version: 1, document: guest });
    expect(await store.get(guests, 'nobody')).toBeNull();
  });

  it('refuses an id or a unique value that another has, and says which', async () => {
    await store.insert(guests, 'ann', { name: 'Ann', mail: 'ann@x.example' });
    expect(await store.insert(guests, 'ann', { name: 'A' })).toEqual({
      ok: false,
      why: 'taken',
      by: 'id',
    });
    expect(await store.insert(guests, 'bob', { name: 'Bob', mail: 'ann@x.example' })).toEqual({
      ok: false,
      why: 'taken',
      by: 'mail',
    });
    await store.insert(guests, 'bob', { name: 'Bob' });
    expect(await store.replace(guests, 'bob', 1, { name: 'Bob', mail: 'ann@x.example' })).toEqual({
      ok: false,
      why: 'taken',
      by: 'mail',
    });
    // Its own value isn't taken, and one that was given up is free.
    expect(
      (await store.replace(guests, 'ann', 1, { name: 'Anna', mail: 'ann@x.example' })).ok,
    ).toBe(true);
    expect((await store.replace(guests, 'ann', 2, { name: 'Anna' })).ok).toBe(true);
    expect((await store.replace(guests, 'bob', 1, { name: 'Bob', mail: 'ann@x.example' })).ok).toBe(
      true,
    );
  });

  it('lets any number be without a unique value', async () => {
    const results = await Promise.all(
      [1, 2, 3].map((n) => store.insert(guests, `none-${n}`, { name: 'x' })),
    );
    expect(results.every(({ ok }) => ok)).toBe(true);
  });

  it('replaces and removes only the version that was read', async () => {
    await store.insert(guests, 'carl', { name: 'Carl' });
    expect(await store.replace(guests, 'carl', 1, { name: 'Karl' })).toEqual({
      ok: true,
      version: 2,
    });
    expect(await store.replace(guests, 'carl', 1, { name: 'Late' })).toEqual({
      ok: false,
      why: 'conflict',
    });
    expect(await store.remove(guests, 'carl', 1)).toBe(false);
    expect(await store.remove(guests, 'carl', 2)).toBe(true);
    expect(await store.replace(guests, 'carl', 2, { name: 'Ghost' })).toEqual({
      ok: false,
      why: 'conflict',
    });
    expect(await store.get(guests, 'carl')).toBeNull();
  });

  it('finds by each declared field, by values, lists and ranges, in pages by id', async () => {
    for (let n = 0; n < 25; n += 1) {
      const tags = n % 2 ? ['odd', 'any'] : ['any'];
      await store.insert(guests, `p${String(n).padStart(2, '0')}`, { name: 'many', tags, age: n });
    }
    const ids = async (filter: Parameters<Store['find']>[1]) =>
      (await store.find(guests, filter, all)).items.map(({ id }) => id);
    expect(await ids({ name: 'many', tag: 'odd', age: { below: 6 } })).toEqual([
      'p01',
      'p03',
      'p05',
    ]);
    expect(await ids({ age: { from: 22 } })).toEqual(['p22', 'p23', 'p24']);
    expect(await ids({ age: { in: [3, 4, 99] }, tag: 'any' })).toEqual(['p03', 'p04']);
    expect(await ids({ age: '3' })).toEqual([]);
    expect(await store.count(guests, { name: 'many' })).toBe(25);
    const seen: string[] = [];
    let after = '';
    do {
      const page = await store.find(guests, { name: 'many' }, { after, limit: 10 });
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after !== '');
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `p${String(n).padStart(2, '0')}`));
    const newest = { after: '', limit: 2, descending: true };
    const last = await store.find(guests, { name: 'many' }, newest);
    expect([last.items.map(({ id }) => id), last.next]).toEqual([['p24', 'p23'], 'p23']);
    const page = await store.find(guests, { name: 'many' }, { ...newest, after: 'p01' });
    expect([page.items.map(({ id }) => id), page.next]).toEqual([['p00'], '']);
    await expect(async () => store.find(guests, { mood: 'x' }, all)).rejects.toThrow(
      /not indexed by mood/,
    );
  });

  it('no longer finds a document by a value that it had before', async () => {
    await store.insert(guests, 'dora', { name: 'Dora', tags: ['old'] });
    await store.replace(guests, 'dora', 1, { name: 'Dora', tags: ['new'] });
    expect((await store.find(guests, { tag: 'old' }, all)).items).toEqual([]);
    expect((await store.find(guests, { tag: 'new' }, all)).items.map(({ id }) => id)).toEqual([
      'dora',
    ]);
  });

  it('lets one of two replacements win, 200 times', async () => {
    await store.insert(guests, 'race', { name: '0' });
    for (let version = 1; version <= 200; version += 1) {
      const results = await Promise.all([
        store.replace(guests, 'race', version, { name: 'ours' }),
        other.replace(guests, 'race', version, { name: 'theirs' }),
      ]);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      const winner = results[0].ok ? 'ours' : 'theirs';
      expect(await store.get(guests, 'race')).toMatchObject({
        version: version + 1,
        document: { name: winner },
      });
    }
  });

  it('lets one of two inserts of the same id, and of the same unique value, win, 50 times', async () => {
    for (let n = 0; n < 50; n += 1) {
      const sameId = await Promise.all(
        [store, other].map((at, i) => at.insert(guests, `same-${n}`, { name: `${i}` })),
      );
      expect(sameId.filter(({ ok }) => ok)).toHaveLength(1);
      const mail = `m${n}@x.example`;
      const sameMail = await Promise.all(
        [store, other].map((at, i) => at.insert(guests, `mail-${n}-${i}`, { name: 'x', mail })),
      );
      expect(sameMail.filter(({ ok }) => ok)).toHaveLength(1);
      expect((await store.find(guests, { mail }, all)).items).toHaveLength(1);
    }
  });

  it('lets a replacement or a removal win, never both', async () => {
    for (let n = 0; n < 50; n += 1) {
      const id = `gone-${n}`;
      await store.insert(guests, id, { name: 'x' });
      const [replaced, removed] = await Promise.all([
        store.replace(guests, id, 1, { name: 'y' }),
        other.remove(guests, id, 1),
      ]);
      expect([replaced.ok, removed].filter(Boolean)).toHaveLength(1);
      expect(await store.get(guests, id)).toEqual(
        removed ? null : { id, version: 2, document: { name: 'y' } },
      );
    }
  });

  it('keeps what was written when it is opened again', async () => {
    await store.insert(guests, 'kept', { name: 'Kept' });
    const again = await openStore(url, [guests]);
    expect(await again.get(guests, 'kept')).toMatchObject({ document: { name: 'Kept' } });
    await again.close();
  });
});

/** A process that increments one document until it has won so often, and says how often it lost. */
const incrementer = `
  import { openStore } from '@latchkey/registry/store';
  const counters = { name: 'counters', indexes: {}, keysOf: () => ({}) };
  const store = await openStore(process.argv[1], [counters]);
  let lost = 0;
  for (let won = 0; won < 200; ) {
    const { version, document } = await store.get(counters, 'x');
    const result = await store.replace(counters, 'x', version, { sum: document.sum + 1 });
    if (result.ok) won += 1;
    else lost += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await store.close();
  console.log(lost);
`;

describe.each(Object.entries(adapters))('a store behind %s', (_, urlOf) => {
  it('loses no increment of three processes that race', async () => {
    const counters = { name: 'counters', indexes: {}, keysOf: () => ({}) };
    const url = urlOf();
    const store = await openStore(url, [counters]);
    await store.insert(counters, 'x', { sum: 0 });
    const args = ['--input-type=module', '-e', incrementer, url];
    const cwd = import.meta.dirname;
    await Promise.all(
      [1, 2, 3].map(() => promisify(execFile)(process.execPath, args, { cwd, timeout: 60_000 })),
    );
    expect(await store.get(counters, 'x')).toEqual({
      id: 'x',
      version: 601,
      document: { sum: 600 },
    });
    await store.close();
  });
});

describe('a store', () => {
  it('keeps its file for the owner alone', async () => {
    const path = join(facts.folder, 'private', 'store.db');
    const store = await openStore(`file:${path}`, [guests]);
    await store.insert(guests, 'x', { name: 'x' });
    const modes = await Promise.all(
      [path, `${path}-wal`, join(facts.folder, 'private')].map((at) => stat(at)),
    );
    expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o600, 0o600, 0o700]);
    await store.close();
  });

  it.each(['redis://x', 'sqlite.db', ''])('is not opened by the address %j', async (address) => {
    await expect(openStore(address, [guests])).rejects.toMatchObject({ code: 'LK-STO-003' });
  });

  it('says that the database is away', async () => {
    await expect(openStore('mongodb://127.0.0.1:9/x', [guests])).rejects.toMatchObject({
      code: 'LK-STO-001',
      kind: 'retryable',
    });
    await expect(openStore('file:/dev/null/x.db', [guests])).rejects.toMatchObject({
      code: 'LK-STO-001',
    });
  });
});
