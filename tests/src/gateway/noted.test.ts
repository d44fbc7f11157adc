// Real: broker, face worker with its models, registry with its file store, two gateways over HTTP, seals.
import { randomUUID } from 'node:crypto';
import { NOTED_ONCE_IN_MS, objectStores } from '@latchkey/contracts';
import {
  loadPublicKey,
  openObjects,
  publishFrame,
  sealBytes,
  type Service,
} from '@latchkey/runtime';
import { emptyFrame } from '@latchkey/vision/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, newOperator } from './browser.fixture.js';
import { FrontDesk } from './front-desk.fixture.js';

interface Entry {
  readonly at: string;
  readonly by: string;
  readonly action: string;
  readonly subject: string;
  readonly door: string | null;
  readonly detail: string;
}

let desk: FrontDesk;
let later: Service;
let admin: Browser;
let guard: Browser;
let auditor: Browser;

beforeAll(async () => {
  desk = await FrontDesk.open({ face: true });
  later = await desk.another('later', {}, 2 * 60 * 60_000);
  admin = await newOperator(desk, 'ada', 'administrator');
  guard = await newOperator(desk, 'gus', 'guard');
  auditor = await newOperator(desk, 'olga', 'auditor');
  await newOperator(desk, 'pia', 'guard');
  const store = await openObjects(desk.gateway.bus, objectStores.evidence);
  const key = await loadPublicKey(desk.keysDir, 'evidence');
  for (const name of ['north.1', 'north.2']) {
    await store.put(name, sealBytes(key, await emptyFrame()));
  }
});
afterAll(async () => {
  await later?.close();
  await desk?.[Symbol.asyncDispose]();
});

async function entriesSeenBy(browser: Browser, action: string): Promise<Entry[]> {
  const { status, json } = await browser.ask('GET', `/audit?action=${action}`);
  expect(status).toBe(200);
  return json['entries'] as Entry[];
}

describe('who looks at a photograph', () => {
  const seenBy = (browser: Browser) => entriesSeenBy(browser, 'photograph.viewed');

  it('is noted, each photograph once in ten minutes', async () => {
    for (const key of ['north.1', 'north.2', 'north.1', 'north.1']) {
      expect((await guard.fetch('GET', `/evidence/${key}`)).status).toBe(200);
    }
    expect((await desk.fetch('/evidence/north.1')).status).toBe(200);
    const entries = await seenBy(admin);
    const noted = entries.map(({ by, subject, door }) => `${by} ${subject} ${door}`);
    // The ten minutes may have ended in between: then each is noted once more, and no more than that.
    const expected = ['gus north.1 north', 'gus north.2 north', 'token north.1 north'];
    expect([...new Set(noted)].toSorted()).toEqual(expected);
    const windows = entries.map(({ at, by, subject }) => {
      return `${by} ${subject} ${Math.floor(Date.parse(at) / NOTED_ONCE_IN_MS)}`;
    });
    expect(new Set(windows).size).toBe(windows.length);
  });

  it('is noted once, whichever gateway is asked', async () => {
    const before = (await seenBy(admin)).length;
    const other = await desk.another('other');
    try {
      const answers = await Promise.all(
        [guard, guard.before(other.httpUrl ?? '')].map((one) =>
          one.fetch('GET', '/evidence/north.2'),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    } finally {
      await other.close();
    }
    const windows = new Set(
      (await seenBy(admin)).map(
        ({ at, by, subject }) =>
          `${by} ${subject} ${Math.floor(Date.parse(at) / NOTED_ONCE_IN_MS)}`,
      ),
    );
    expect((await seenBy(admin)).length).toBe(windows.size);
    expect(windows.size - before).toBeLessThanOrEqual(1);
  });

  it('is not noted where there is none', async () => {
    expect((await guard.ask('GET', '/evidence/north.3')).status).toBe(404);
    expect((await seenBy(admin)).some(({ subject }) => subject === 'north.3')).toBe(false);
  });

  it('is told an auditor an hour later: until then it may tell of a silent alarm', async () => {
    expect(await seenBy(auditor)).toEqual([]);
    const sameLater = new Browser(desk, later.httpUrl ?? '');
    expect((await sameLater.signIn('olga')).status).toBe(200);
    const anHourOn = await seenBy(sameLater);
    expect(anHourOn.map(({ by }) => by)).toContain('gus');
  });
});

describe('who looks at what a door’s camera sees', () => {
  it('is noted, once in ten minutes however often it is read', async () => {
    const jpeg = await emptyFrame();
    const facts = { door: 'north', camera: 'main', heldMs: 0, mirrored: false };
    for (let turn = 0; turn < 3; turn += 1) {
      const frame = { ...facts, id: randomUUID(), widthPx: 640, heightPx: 480 };
      await publishFrame(desk.gateway.bus, frame, jpeg);
      expect((await guard.fetch('GET', '/doors/north/picture')).status).toBe(200);
    }
    const entries = await entriesSeenBy(admin, 'door.picture-viewed');
    expect(entries[0]).toMatchObject({ by: 'gus', subject: 'north', door: 'north' });
    expect(entries.length).toBeLessThanOrEqual(2);
    expect((await guard.ask('GET', '/doors/nowhere/picture')).status).toBe(404);
    expect(await entriesSeenBy(admin, 'door.picture-viewed')).toHaveLength(entries.length);
    expect(await entriesSeenBy(auditor, 'door.picture-viewed')).toEqual([]);
  });
});

describe('a sign-in that fails', () => {
  const failed = (browser = admin) => entriesSeenBy(browser, 'operator.sign-in-failed');
  const tries = (username: string, password = 'wrong horse battery') =>
    new Browser(desk).signIn(username, password);

  it('is noted of an account that there is, the first at once, and told an auditor, too', async () => {
    for (let turn = 0; turn < 3; turn += 1) expect((await tries('pia')).status).toBe(401);
    await expect.poll(() => failed(), { timeout: 20_000 }).toHaveLength(1);
    expect(await failed(auditor)).toMatchObject([
      { by: 'gateway', subject: 'pia', detail: '1 try' },
    ]);
  });

  it('is noted of one that is disabled, though the password is right', async () => {
    await newOperator(desk, 'dora', 'guard');
    const wanted = { name: 'Dora', role: 'guard', disabled: true };
    await desk.ask('PUT', '/operators/dora', wanted, { 'if-match': '"1"' });
    expect((await tries('dora', 'correct horse battery')).status).toBe(401);
    const noted = async () => (await failed()).map(({ subject }) => subject);
    await expect.poll(noted, { timeout: 20_000 }).toContain('dora');
  });

  it('leaves nothing of a name that nobody has, and is answered alike', async () => {
    const [known, unknown] = [await tries('gus'), await tries('my-own-password')];
    const said = ({ status, json, headers }: typeof known) => ({
      status,
      json: { ...json, correlationId: '' },
      headers: [...headers.keys()],
    });
    expect(said(unknown)).toEqual(said(known));
    const noted = async () => (await failed()).map(({ subject }) => subject);
    // It was asked for after the one of a name that somebody has, and one after the other they are noted.
    await expect.poll(noted, { timeout: 20_000 }).toContain('gus');
    await tries('olga');
    await expect.poll(noted, { timeout: 20_000 }).toContain('olga');
    const { json } = await admin.ask('GET', '/audit?limit=500');
    expect(JSON.stringify(json)).not.toContain('my-own-password');
  });

  it('is none where somebody signs in', async () => {
    const before = (await failed()).length;
    await newOperator(desk, 'rita', 'enroller');
    expect((await tries('rita', 'correct horse battery')).status).toBe(200);
    expect((await failed()).length).toBe(before);
    expect((await failed()).map(({ subject }) => subject)).not.toContain('rita');
  });
});
