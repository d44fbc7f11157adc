// Real: broker, registry, the gateway over HTTP; SQLite, and a server that speaks MongoDB.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, newOperator } from '../gateway/browser.fixture.js';
import { enrolAt } from '../gateway/enrolled.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';
import { useStores } from '../registry/stores.fixture.js';

const { adapters } = useStores();
const consent = { version: '2026-11' };
const asha = { id: 'p1', name: 'Asha Rao', email: 'asha@campus.example', groups: ['lab'], consent };
/** Somebody whose name and group mean everybody where they are taken for patterns. */
const pattern = {
  id: 'p2',
  name: '.* ^$ [a-z]+',
  email: 'b@campus.example',
  groups: ['.*'],
  consent,
};
const conditions = [
  { $ne: null },
  { $gt: '' },
  { $where: 'true' },
  { $regex: '.*' },
  { $in: ['first.admin', 'known'] },
  ['known'],
];
const spelled = (value: unknown) => JSON.stringify(value);
const cursorOf = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url');

describe.each(Object.entries(adapters))('before a store behind %s', (_, urlOf) => {
  let desk: FrontDesk;
  beforeAll(async () => {
    desk = await FrontDesk.open({ registryEnv: { LK_STORE_URL: urlOf() } });
    await enrolAt(desk, asha, 1);
    await enrolAt(desk, pattern, 2);
    await newOperator(desk, 'known', 'administrator');
  });
  afterAll(() => desk?.[Symbol.asyncDispose]());

  /** The ids of those who are found, or that it was refused. */
  async function found(query: string) {
    const { status, json } = await desk.ask('GET', `/people?${query}`);
    if (status !== 200) return { status };
    return (json['people'] as { id: string }[]).map(({ id }) => id);
  }
  const refused = { status: expect.toBeOneOf([400, 404, 422]) };

  it('finds who is asked for honestly', async () => {
    expect(await found('q=asha')).toEqual(['p1']);
    expect(await found('group=lab')).toEqual(['p1']);
    expect(await found('sort=name&state=enrolled')).toHaveLength(2);
    expect((await new Browser(desk).signIn('known')).status).toBe(200);
    expect((await desk.ask('GET', '/audit?by=known')).json['entries']).not.toEqual([]);
  });

  it.each(conditions.map((condition) => [JSON.stringify(condition), condition] as const))(
    'lets nobody in by %s in the place of a name, a password or a cookie',
    async (text, condition) => {
      const bodies = [
        { username: condition, password: condition },
        { username: 'known', password: condition },
        { username: condition, password: 'correct horse battery' },
      ];
      for (const body of bodies) {
        const browser = new Browser(desk);
        expect(await browser.ask('POST', '/sign-in', body)).toMatchObject({ status: 400 });
        expect(browser.cookie).toBeUndefined();
      }
      const thief = new Browser(desk);
      thief.cookie = encodeURIComponent(text);
      expect((await thief.ask('GET', '/me')).status).toBe(401);
      const authorization = `Bearer ${text}`;
      expect((await desk.ask('GET', '/people', undefined, { authorization })).status).toBe(401);
    },
  );

  it.each(
    [
      ...conditions.map((condition) => `q=${spelled(condition)}`),
      ...conditions.map((condition) => `group=${spelled(condition)}`),
      ...conditions.map((condition) => `state=${spelled(condition)}`),
      'q[$ne]=',
      'q[$regex]=.*&q=asha',
      'q[]=asha',
      'q=asha&q=asha',
      'q=asha&q[$gt]=',
      'group[$ne]=none',
      'state[$in][]=enrolled',
      '$where=true',
      '__proto__[q]=asha',
      `cursor=${cursorOf([{ $gt: '' }, 'p'])}`,
      `cursor=${cursorOf(['', { $gt: '' }])}`,
      `cursor=${cursorOf({ $ne: null })}`,
    ].map((asked) => ({ asked })),
  )('finds nobody by a condition in a search: $asked', async ({ asked }) => {
    expect([[], { status: 400 }, { status: 422 }]).toContainEqual(await found(asked));
  });

  it('lets nobody in by a condition beside a wrong password', async () => {
    const body = { username: 'known', password: 'wrong horse battery', $or: [{ $ne: null }] };
    expect((await new Browser(desk).ask('POST', '/sign-in', body)).status).toBe(401);
  });

  it('takes a pattern for the letters that it is written with', async () => {
    for (const his of ['q=.', 'q=.*', 'q=[a-z]%2B', 'group=.*']) {
      expect(await found(his)).toEqual(['p2']);
    }
    for (const nobody of [
      'q=a.ha',
      'q=as%2B',
      'q=asha|x',
      'q=(asha)',
      'q=as%25',
      'q=a_ha',
      'q=^asha',
    ]) {
      expect(await found(nobody)).toEqual([]);
    }
    for (const nobody of ['group=.%2B', 'group=l.b', 'group=la%25', 'group=^lab$']) {
      expect(await found(nobody)).toEqual([]);
    }
    const noted = async (query: string) => (await desk.ask('GET', `/audit?${query}`)).json;
    expect(await noted('by=.*')).toMatchObject({ entries: [] });
    expect(await noted(`by=${spelled({ $ne: null })}`)).toMatchObject({ entries: [] });
    for (const query of ['person=.*', 'person[$ne]=', `door=${spelled({ $ne: null })}`]) {
      expect((await desk.ask('GET', `/audit?${query}`)).status).toBe(400);
    }
  });

  it.each([
    { method: 'GET', path: `/people/${spelled({ $gt: '' })}` },
    { method: 'GET', path: '/people/.*' },
    { method: 'GET', path: '/people/p[12]' },
    { method: 'DELETE', path: `/people/${spelled({ $ne: null })}` },
    { method: 'DELETE', path: '/people/p.' },
    { method: 'POST', path: `/people/${spelled({ $ne: null })}/suspend` },
    { method: 'PUT', path: '/people/p1', body: { ...asha, name: { $ne: null } } },
    { method: 'PUT', path: '/people/p1', body: { ...asha, email: { $gt: '' } } },
    { method: 'PUT', path: '/people/p1', body: { $set: { name: 'Eve' } } },
    { method: 'PUT', path: `/people/${spelled({ $ne: null })}`, body: { ...asha, name: 'Eve' } },
    { method: 'POST', path: '/people', body: { ...asha, id: { $ne: null } } },
    { method: 'DELETE', path: `/operators/${spelled({ $ne: null })}` },
    {
      method: 'PUT',
      path: `/operators/${spelled({ $regex: 'kn' })}/password`,
      body: { password: 'another horse battery' },
    },
  ] as { method: string; path: string; body?: object }[])(
    'changes nobody by a condition: $method $path',
    async ({ method, path, body }) => {
      const all = async () => [
        (await desk.ask('GET', '/people')).json,
        (await desk.ask('GET', '/operators')).json,
      ];
      const before = await all();
      const answer = await desk.ask(method, path, body, { 'if-match': '"1"' });
      expect(answer).toMatchObject(refused);
      expect(await all()).toEqual(before);
    },
  );
});
