import { existsSync } from 'node:fs';
import { personChanged } from '@latchkey/contracts';
import { openStore } from '@latchkey/registry/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Neighbour, templateOf } from './neighbour.js';
import { type Instance, Office } from './registry.fixture.js';
import { until } from './until.js';

const names: readonly [string, string, string][] = [
  ['s10', 'Zoë Ångström', 'staff'],
  ['s9', 'asha Rao', 'staff'],
  ['S11', 'Ben Okafor', 'guests'],
  ['t1', 'Asha Iyer', 'guests'],
];

// Real: the broker, the store (SQLite), the keys, gRPC. Simulated: the faces, as unit vectors.
describe('people, as the gateway asks for them', () => {
  let office: Office;
  let instance: Instance;
  let neighbour: Neighbour;
  beforeAll(async () => {
    office = await Office.open();
    instance = await office.start();
    ({ neighbour } = instance);
    for (const [index, [id, name, group]] of names.entries()) {
      await neighbour.enrol(id, index + 1, { name, groups: [group] });
    }
  });
  afterAll(async () => {
    await instance.close();
    await office[Symbol.asyncDispose]();
  });

  const ask = (facts: object = {}) =>
    neighbour.call('listPeople', {
      state: '',
      q: '',
      group: '',
      sort: '',
      pageSize: 100,
      pageToken: '',
      ...facts,
    });
  const ids = async (facts: object = {}) => (await ask(facts)).people.map(({ person }) => person);
  const list = (people: object[], lookOnly = false) =>
    neighbour.call('listNewcomers', {
      people: people.map((facts, n) => ({
        person: `new-${n}`,
        name: `New ${n}`,
        email: `new-${n}@campus.example`,
        guard: false,
        groups: [],
        language: '',
        ...facts,
      })),
      lookOnly,
      by: 'op',
    });

  it.each([
    ['as', ['s9', 't1']],
    ['asha r', ['s9']],
    ['ZOE', ['s10']],
    ['s1', ['s10', 'S11']],
    ['t1@campus', ['t1']],
    ['ngstr', []],
    ['asha ben', []],
  ])('finds by %j those of whom each word begins one', async (q, expected) => {
    expect(await ids({ q })).toEqual(expected);
  });

  it('lists in the order that is asked for, whatever case and accents', async () => {
    expect(await ids({ sort: 'name' })).toEqual(['t1', 's9', 'S11', 's10']);
    expect(await ids({ sort: 'id' })).toEqual(['s10', 'S11', 's9', 't1']);
    expect(await ids({ sort: '-enrolledAt' })).toEqual(['t1', 'S11', 's9', 's10']);
  });

  it('goes on from page to page, with everybody once, and says how many there are', async () => {
    const seen: string[] = [];
    let pageToken = '';
    do {
      const page = await ask({ sort: 'name', pageSize: 1, pageToken, group: 'staff' });
      expect(page).toMatchObject({ total: 2, totalIsMore: false });
      seen.push(...page.people.map(({ person }) => person));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(seen).toEqual(['s9', 's10']);
    await expect(ask({ pageToken: 'bm9uZQ' })).rejects.toMatchObject({ code: 'LK-REQ-001' });
  });

  it('changes details once for each version, and finds by the new ones alone', async () => {
    const read = await neighbour.call('getPerson', { person: 't1', by: '' });
    const change = {
      person: 't1',
      version: read.version,
      name: 'Chitra Iyer',
      email: 'chitra@campus.example',
      guard: true,
      groups: [],
      language: 'hi',
      by: 'op',
    };
    const changed = await neighbour.call('updatePerson', change);
    expect(changed).toMatchObject({ name: 'Chitra Iyer', language: 'hi', version: 2 });
    await expect(neighbour.call('updatePerson', change)).rejects.toMatchObject({
      code: 'LK-PER-012',
    });
    const taken = { ...change, version: 2, email: 'S9@campus.example' };
    await expect(neighbour.call('updatePerson', taken)).rejects.toMatchObject({
      code: 'LK-PER-004',
    });
    expect(await ids({ q: 'asha' })).toEqual(['s9']);
    expect(await ids({ q: 'chi' })).toEqual(['t1']);
    const contact = await neighbour.call('getContact', { person: 't1', by: '' });
    expect(contact).toMatchObject({ name: 'Chitra Iyer', language: 'hi' });
    const entries = await until('the change in the audit', async () => {
      const noted = (await neighbour.audit({ action: 'person.changed' })).entries;
      return noted.length > 0 ? noted : undefined;
    });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      by: 'op',
      person: 't1',
      detail: 'name, email, guard, groups, language',
      afterJson: '{"guard":true,"groups":[],"language":"hi"}',
    });
    const told = await office.post.event('REGISTRY', personChanged.template, 't1');
    const fields = ['name', 'email', 'guard', 'groups', 'language'];
    expect(told.data).toEqual({ person: 't1', fields, at: expect.any(Number) });
  });

  it('says of every newcomer what is wrong, and lists nobody while it only looks', async () => {
    const people = [
      {},
      { person: 'S9', email: 'S10@campus.example' },
      { person: 'a b', name: '', email: 'x', language: 'fr' },
      { groups: ['a\nb'] },
    ];
    const { faults, listed } = await list(people, true);
    expect(listed).toBe(0);
    expect(faults.map(({ index, field, code }) => [index, field, code])).toEqual([
      [2, 'id', 'LK-PER-001'],
      [2, 'name', 'LK-PER-005'],
      [2, 'email', 'LK-PER-003'],
      [2, 'language', 'LK-REQ-001'],
      [3, 'groups', 'LK-REQ-001'],
      [1, 'id', 'LK-PER-002'],
      [1, 'email', 'LK-PER-004'],
    ]);
    expect(await ids({ state: 'listed' })).toEqual([]);
    expect(await list(people)).toMatchObject({ listed: 1 });
    expect(await ids({ state: 'listed' })).toEqual(['new-0']);
    expect(await ids()).toContain('new-0');
  });

  it('enrols who was listed, in the same record, with what they agreed to', async () => {
    const begin = { person: 'new-0', consent: '2026-11', by: 'op' };
    await neighbour.call('beginEnrolment', begin);
    await neighbour.addSample('new-0', templateOf(40));
    await neighbour.call('abandonDraft', { ...begin, reason: 'quit', detail: '' });
    const back = await neighbour.call('getPerson', { person: 'new-0', by: '' });
    expect(back).toMatchObject({ state: 'listed', samples: 0, consent: undefined });
    await neighbour.call('beginEnrolment', begin);
    for (let turn = 0; turn < 5; turn += 1)
      await neighbour.addSample('new-0', templateOf(40, turn));
    const enrolled = await neighbour.call('commitDraft', { person: 'new-0', by: 'op' });
    expect(enrolled).toMatchObject({
      state: 'enrolled',
      name: 'New 0',
      consent: { version: '2026-11', by: 'op' },
    });
    const code = await office.post.newestCode('new-0', 1);
    expect(await neighbour.showCode(code, ['new-0'])).toMatchObject({ outcome: 'granted' });
  });

  it('finds people whom an older version wrote, once it has started', async () => {
    await instance.close();
    expect(existsSync(office.storeUrl.slice('file:'.length))).toBe(true);
    // As older versions declared them: no words, no order.
    const older = {
      name: 'people',
      indexes: { state: {}, email: { unique: true }, handle: { unique: true } },
      keysOf: ({ state }: { state: string }) => ({ state }),
    };
    const indexed = { name: 'indexed', indexes: {}, keysOf: () => ({}) };
    const store = await openStore(office.storeUrl, [older, indexed]);
    const stored = await store.get(older, 's9');
    if (!stored) throw new Error('nobody is stored');
    await store.replace(older, 's9', stored.version, stored.document);
    const mark = await store.get(indexed, 'people');
    await store.remove(indexed, 'people', mark?.version ?? 0);
    await store.close();
    instance = await office.start();
    ({ neighbour } = instance);
    expect(await ids({ q: 'asha' })).toEqual(['s9']);
  });
});
