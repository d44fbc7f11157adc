import { openStore, type Store } from '@latchkey/registry/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, type Guest, guests, useStores } from './stores.fixture.js';

const { adapters } = useStores();

// Real: SQLite, and a server that speaks MongoDB.
describe.each(Object.entries(adapters))('lists from a store behind %s', (_, urlOf) => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore(urlOf(), [guests]);
  });
  afterAll(async () => {
    await store.close();
  });

  it('finds by how values begin, each of several by one of them', async () => {
    const tagged = (id: string, ...tags: string[]) =>
      store.insert(guests, id, { name: 'begins', tags });
    await tagged('b1', 'asha', 'rao', 'a.rao@x.example');
    await tagged('b2', 'ashok', 'rao');
    await tagged('b3', 'natasha', 'rao');
    await tagged('b4', 'a*ha (x) [y] \\ ^$|', 'ñu ☃');
    const ids = async (...begins: string[]) =>
      (await store.find(guests, { name: 'begins', tag: { begins } }, all)).items.map(
        ({ id }) => id,
      );
    expect(await ids('ash')).toEqual(['b1', 'b2']);
    expect(await ids('ra', 'ash')).toEqual(['b1', 'b2']);
    expect(await ids('ra', 'asha')).toEqual(['b1']);
    expect(await ids('a.')).toEqual(['b1']);
    expect(await ids('a*ha (x) [y] \\ ^$|')).toEqual(['b4']);
    expect(await ids('ñu ☃')).toEqual(['b4']);
    expect(await ids('Ash')).toEqual([]);
    expect(await store.count(guests, { name: 'begins', tag: { begins: ['ra'] } })).toBe(3);
  });

  it.each([
    ['few', 12],
    ['many', 2_100],
  ])(
    'pages in the order of a field, up and down, among %s',
    async (tag, count) => {
      // Every third has no age, and several have the same.
      const ageOf = (n: number) => (n % 3 === 2 ? undefined : (n * 7) % 11);
      const padded = (n: number) => `${tag}-${String(n).padStart(4, '0')}`;
      const insert = (n: number) => {
        const age = ageOf(n);
        const guest = { name: `n${n % 5}`, tags: [tag], ...(age === undefined ? {} : { age }) };
        return store.insert(guests, padded(n), guest);
      };
      for (let at = 0; at < count; at += 100) {
        await Promise.all(
          Array.from({ length: Math.min(100, count - at) }, (_, n) => insert(at + n)),
        );
      }
      const expected = Array.from({ length: count }, (_, n) => n)
        .filter((n) => ageOf(n) !== undefined)
        .map((n) => ({ id: padded(n), age: ageOf(n) ?? 0 }))
        .toSorted((a, b) => a.age - b.age || (a.id < b.id ? -1 : 1))
        .map(({ id }) => id);
      const walk = async (filter: Parameters<Store['find']>[1], descending: boolean) => {
        const seen: string[] = [];
        let after = '';
        do {
          const limit = count > 100 ? 150 : 5;
          const page = await store.find(guests, filter, { after, limit, by: 'age', descending });
          seen.push(...page.items.map(({ id }) => id));
          after = page.next;
        } while (after !== '');
        return seen;
      };
      expect(await walk({ tag }, false)).toEqual(expected);
      expect(await walk({ tag }, true)).toEqual(expected.toReversed());
      const some = { tag: { begins: [tag] }, name: { in: ['n1', 'n3'] } };
      const isSome = (id: string) => ['1', '3', '6', '8'].includes(id.at(-1) ?? '');
      expect(await walk(some, false)).toEqual(expected.filter(isSome));
      expect(await store.count(guests, { tag })).toBe(count);
      expect(await store.count(guests, { tag }, 10)).toBe(10);
    },
    60_000,
  );

  it('knows a new place in the order, of those found by what they had before', async () => {
    for (const [id, age] of [['m1', 30] as const, ['m2', 40] as const]) {
      await store.insert(guests, id, { name: id, age, tags: ['moves'] });
    }
    const ids = async () => {
      const page = await store.find(guests, { tag: 'moves' }, { ...all, by: 'age' });
      return page.items.map(({ id }) => id);
    };
    expect(await ids()).toEqual(['m1', 'm2']);
    await store.replace(guests, 'm1', 1, { name: 'm1', age: 50, tags: ['moves'] });
    expect(await ids()).toEqual(['m2', 'm1']);
    await store.replace(guests, 'm2', 1, { name: 'm2', tags: ['moves'] });
    expect(await ids()).toEqual(['m1']);
  });

  it('orders by what a later version declares, once its documents are written again', async () => {
    const { age: _, ...indexes } = guests.indexes;
    const keysOf = (guest: Guest) => ({ ...guests.keysOf(guest), age: undefined });
    const url = urlOf();
    const before = { ...guests, indexes, keysOf };
    const earlier = await openStore(url, [before]);
    await earlier.insert(before, 'old', { name: 'old', age: 70, tags: ['later'] });
    await earlier.close();
    const later = await openStore(url, [guests]);
    await later.insert(guests, 'new', { name: 'new', age: 20, tags: ['later'] });
    await later.replace(guests, 'old', 1, { name: 'old', age: 70, tags: ['later'] });
    const page = await later.find(guests, { tag: 'later' }, { ...all, by: 'age' });
    await later.close();
    expect(page.items.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it('takes no order that is not declared, and no cursor that no page ended with', async () => {
    await expect(async () => store.find(guests, {}, { ...all, by: 'tag' })).rejects.toThrow(
      /not ordered by tag/,
    );
    await expect(async () =>
      store.find(guests, {}, { after: 'bm9uZQ', limit: 1, by: 'name' }),
    ).rejects.toMatchObject({ code: 'LK-REQ-001' });
  });
});
