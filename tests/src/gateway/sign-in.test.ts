// Real: broker, registry with its file store, two replicas of the gateway over HTTP.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Service } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, linkToken, newOperator, PASSWORD } from './browser.fixture.js';
import { FrontDesk } from './front-desk.fixture.js';

const first = { username: 'first.admin', name: 'First Admin', password: PASSWORD };

describe('the way in for operators', () => {
  let desk: FrontDesk;
  let replica: Service;

  beforeAll(async () => {
    desk = await FrontDesk.open();
    replica = await desk.another('replica');
  });
  afterAll(async () => {
    await replica?.close();
    await desk?.[Symbol.asyncDispose]();
  });

  it('begins with a link that makes the first administrator, once', async () => {
    const token = await linkToken(desk);
    expect((await stat(join(desk.folder, 'first-admin.link'))).mode & 0o777).toBe(0o600);
    const become = (given: string, username: string) =>
      new Browser(desk).ask('POST', '/first-administrator', { ...first, username, token: given });
    expect(await become('guessed', 'guesser')).toMatchObject({
      status: 409,
      json: { code: 'LK-AUTH-012' },
    });
    const weak = { ...first, token, password: 'first.admin12345' };
    expect(await new Browser(desk).ask('POST', '/first-administrator', weak)).toMatchObject({
      status: 422,
      json: { code: 'LK-OPR-005', faults: [{ field: 'body.password' }] },
    });
    // Any replica takes it, and takes it before or after another, but not besides.
    const beside = new Browser(desk, replica.httpUrl);
    const all = await Promise.all([
      become(token, 'first.admin'),
      become(token, 'second'),
      beside.ask('POST', '/first-administrator', { ...first, username: 'third', token }),
    ]);
    expect(all.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(await become(token, 'late')).toMatchObject({ status: 409 });
    // Whichever replica took it, none leaves the file of a void link behind once it was asked again.
    for (const [url, file] of [
      [desk.gateway.httpUrl, 'first-admin.link'],
      [replica.httpUrl, 'replica.link'],
    ] as const) {
      const { json } = await new Browser(desk, url).ask('GET', '/first-administrator');
      expect(json).toEqual({ needed: false });
      await expect(stat(join(desk.folder, file))).rejects.toThrow(/ENOENT/);
    }
  });

  it('gives a cookie that no script can read, and says who is in and what they may do', async () => {
    const browser = await newOperator(desk, 'cookie-guard', 'guard');
    const signedIn = await browser.signIn('Cookie-Guard ');
    const [header = ''] = signedIn.headers.getSetCookie();
    expect(header).toMatch(/^latchkey=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(signedIn.json).toMatchObject({
      operator: { username: 'cookie-guard', role: 'guard', totp: false },
      idleMinutes: 15,
      site: { inbox: false, kiosk: {} },
    });
    expect((await browser.ask('GET', '/me')).json).toEqual(signedIn.json);
    expect(JSON.stringify(await desk.ask('GET', '/operators'))).not.toMatch(/argon2|stamp/);
  });

  it('answers an unknown name, a wrong password and one who is disabled word for word alike', async () => {
    await newOperator(desk, 'known', 'guard');
    await newOperator(desk, 'disabled', 'guard');
    const change = { name: 'x', role: 'guard', disabled: true };
    await desk.ask('PUT', '/operators/disabled', change, { 'if-match': '"1"' });
    const wrong = 'wrong horse battery';
    const answers = [
      await new Browser(desk).signIn('known', wrong),
      await new Browser(desk).signIn('unknown', wrong),
      await new Browser(desk).signIn('not a username at all', wrong),
      await new Browser(desk).signIn('token', wrong),
      await new Browser(desk).signIn('disabled'),
    ].map(({ status, json }) => ({ status, json: { ...json, correlationId: '' } }));
    expect(answers[0]).toMatchObject({ status: 401, json: { code: 'LK-AUTH-010' } });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('slows failed tries of an account down, even for the right password, and nobody else', async () => {
    await newOperator(desk, 'attacked', 'guard');
    const tries: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      tries.push((await new Browser(desk).signIn('attacked', `wrong password ${n}`)).status);
    }
    expect(tries).toEqual([401, 401, 401, 401, 401, 429]);
    const slowed = await new Browser(desk).signIn('attacked');
    expect(slowed).toMatchObject({ status: 429, json: { code: 'LK-AUTH-003' } });
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await new Browser(desk).signIn('known')).toMatchObject({ status: 200 });
    expect(await desk.ask('GET', '/doors')).toMatchObject({ status: 200 });
  });

  it('takes what changes anything from the console’s own pages alone', async () => {
    const browser = await newOperator(desk, 'own-pages', 'administrator');
    const write = (headers: Record<string, string>) =>
      browser.ask('POST', '/doors', { id: 'forged', name: 'Forged' }, headers);
    const forged = { status: 403, json: { code: 'LK-AUTH-005' } };
    expect(await write({ 'x-latchkey': '' })).toMatchObject(forged);
    expect(await write({ origin: 'https://elsewhere.example' })).toMatchObject(forged);
    expect(await write({ origin: 'null' })).toMatchObject(forged);
    const stolen = { username: 'known', password: PASSWORD };
    expect(await browser.ask('POST', '/sign-in', stolen, { 'x-latchkey': '' })).toMatchObject(
      forged,
    );
    expect((await browser.ask('GET', '/doors/forged')).status).toBe(404);
    const { origin } = new URL(desk.gateway.httpUrl ?? '');
    expect(await write({ origin })).toMatchObject({ status: 201 });
    expect(await browser.ask('GET', '/doors', undefined, { 'x-latchkey': '' })).toMatchObject({
      status: 200,
    });
  });

  it('ends at every replica with the sign-out', async () => {
    const browser = await newOperator(desk, 'leaves', 'auditor');
    const kept = browser.before(replica.httpUrl ?? '');
    expect((await kept.ask('GET', '/me')).status).toBe(200);
    expect((await browser.ask('POST', '/sign-out')).status).toBe(204);
    expect(browser.cookie).toBeUndefined();
    expect(await kept.ask('GET', '/me')).toMatchObject({
      status: 401,
      json: { code: 'LK-AUTH-001' },
    });
  });

  it.each([
    ['another role', 'PUT', '', { name: 'x', role: 'auditor', disabled: false }, 200],
    ['being disabled', 'PUT', '', { name: 'x', role: 'guard', disabled: true }, 200],
    ['a new password', 'PUT', '/password', { password: 'another fine password' }, 200],
    ['removal', 'DELETE', '', undefined, 204],
  ])('ends at once, everywhere, with %s', async (what, method, path, body, status) => {
    const username = `ended-${what.split(' ').at(-1)}`;
    const browser = await newOperator(desk, username, 'guard');
    const elsewhere = browser.before(replica.httpUrl ?? '');
    expect((await elsewhere.ask('GET', '/alerts')).status).toBe(200);
    const asked = `/operators/${username}${path}`;
    expect((await desk.ask(method, asked, body, { 'if-match': '"1"' })).status).toBe(status);
    expect((await browser.ask('GET', '/me')).status).toBe(401);
    expect((await elsewhere.ask('GET', '/me')).status).toBe(401);
  });

  it('closes a live stream of one who is no longer signed in', async () => {
    const browser = await newOperator(desk, 'streams', 'guard');
    const headers = { accept: 'text/event-stream' };
    const live = await browser.fetch('GET', '/events/live', undefined, headers);
    expect(live.status).toBe(200);
    await desk.ask('DELETE', '/operators/streams');
    await expect(live.text()).rejects.toThrow(/terminated/);
  });

  it('names the operator in the audit, not one word for all', async () => {
    const browser = await newOperator(desk, 'registrar', 'enroller');
    const person = { id: 'p1', name: 'Asha Rao', email: 'asha@campus.example' };
    expect((await browser.ask('POST', '/people', person)).status).toBe(201);
    const noted = async () => (await desk.ask('GET', '/audit?action=person.draft')).json['entries'];
    await expect
      .poll(noted, { timeout: 45_000 })
      .toMatchObject([{ by: 'registrar', subject: 'p1' }]);
  });
});
