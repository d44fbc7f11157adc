// Real: broker, registry with its file store, gateway over HTTP; codes as an authenticator makes them.
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, newOperator, PASSWORD } from './browser.fixture.js';
import { FrontDesk } from './front-desk.fixture.js';

const NEXT = 'another fine password';
const STEP_MS = 30_000;

/** What an authenticator shows for a secret, so many steps from now. */
function codeOf(secret: string, steps = 0): string {
  const timestamp = Date.now() + steps * STEP_MS;
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
}

describe('an operator’s own account', () => {
  let desk: FrontDesk;
  beforeAll(async () => {
    desk = await FrontDesk.open();
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  it('has its password changed by who knows it, here and now; elsewhere one is signed out', async () => {
    const browser = await newOperator(desk, 'changes', 'guard');
    const elsewhere = new Browser(desk);
    await elsewhere.signIn('changes');
    const change = (current: string, next: string) =>
      browser.ask('PUT', '/me/password', { current, next });
    expect(await change('not the password', NEXT)).toMatchObject({
      status: 422,
      json: { code: 'LK-AUTH-013', faults: [{ field: 'body.current' }] },
    });
    for (const weak of ['short', 'changes-changes', 'abababababab']) {
      expect(await change(PASSWORD, weak)).toMatchObject({
        status: 422,
        json: { code: 'LK-OPR-005', faults: [{ field: 'body.next' }] },
      });
    }
    expect((await change(PASSWORD, NEXT)).status).toBe(204);
    expect((await browser.ask('GET', '/me')).status).toBe(200);
    expect((await elsewhere.ask('GET', '/me')).status).toBe(401);
    expect((await new Browser(desk).signIn('changes')).status).toBe(401);
    expect((await new Browser(desk).signIn('changes', NEXT)).status).toBe(200);
  });

  it('takes each code of the second factor once, and none that is too old', async () => {
    const browser = await newOperator(desk, 'factors', 'guard');
    const { secret, uri } = (await browser.ask('POST', '/me/totp', { password: PASSWORD }))
      .json as Record<string, string>;
    expect(uri).toMatch(/^otpauth:\/\/totp\/Latchkey:factors\?/);
    // Begun is not yet asked for.
    expect((await new Browser(desk).signIn('factors')).status).toBe(200);
    const confirm = (code: string) => browser.ask('POST', '/me/totp/confirm', { code });
    expect(await confirm(codeOf(secret ?? '', -10))).toMatchObject({
      status: 422,
      json: { code: 'LK-AUTH-014', faults: [{ field: 'body.code' }] },
    });
    const shown = codeOf(secret ?? '');
    expect((await confirm(shown)).status).toBe(204);
    expect((await browser.ask('GET', '/me')).json).toMatchObject({ operator: { totp: true } });
    const needed = { status: 401, json: { code: 'LK-AUTH-011' } };
    expect(await new Browser(desk).signIn('factors')).toMatchObject(needed);
    expect(await new Browser(desk).signIn('factors', PASSWORD, shown)).toMatchObject(needed);
    // Who does not know the password is not told that there is a second factor.
    expect(await new Browser(desk).signIn('factors', NEXT)).toMatchObject({
      status: 401,
      json: { code: 'LK-AUTH-010' },
    });
    const next = codeOf(secret ?? '', 1);
    expect((await new Browser(desk).signIn('factors', PASSWORD, next)).status).toBe(200);
  });

  it('begins no second factor without the password, and ends elsewhere what was begun without it', async () => {
    const browser = await newOperator(desk, 'robbed', 'guard');
    const thief = browser.before(desk.gateway.httpUrl ?? '');
    expect((await thief.ask('POST', '/me/totp')).status).toBe(400);
    expect(await thief.ask('POST', '/me/totp', { password: NEXT })).toMatchObject({
      status: 422,
      json: { code: 'LK-AUTH-013' },
    });
    const begun = await browser.ask('POST', '/me/totp', { password: PASSWORD });
    const code = codeOf(String(begun.json['secret']));
    expect((await browser.ask('POST', '/me/totp/confirm', { code })).status).toBe(204);
    expect((await browser.ask('GET', '/me')).status).toBe(200);
    expect((await thief.ask('GET', '/me')).status).toBe(401);
    const again = browser.before(desk.gateway.httpUrl ?? '');
    expect((await browser.ask('DELETE', '/me/totp', { password: PASSWORD })).status).toBe(204);
    expect((await browser.ask('GET', '/me')).status).toBe(200);
    expect((await again.ask('GET', '/me')).status).toBe(401);
    const noted = async () => {
      const { json } = await desk.ask('GET', '/audit?by=robbed');
      return (json['entries'] as { action: string }[]).map(({ action }) => action);
    };
    const acts = ['begun', 'added', 'removed'].map((what) => `operator.totp-${what}`);
    await expect.poll(noted, { timeout: 45_000 }).toEqual(expect.arrayContaining(acts));
  });

  it('is used with a code by one of two at the same moment', async () => {
    const browser = await newOperator(desk, 'twice', 'guard');
    const { secret } = (await browser.ask('POST', '/me/totp', { password: PASSWORD }))
      .json as Record<string, string>;
    await browser.ask('POST', '/me/totp/confirm', { code: codeOf(secret ?? '') });
    const code = codeOf(secret ?? '', 1);
    const both = await Promise.all(
      [1, 2].map(() => new Browser(desk).signIn('twice', PASSWORD, code)),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401]);
  });

  it('loses its second factor by its password', async () => {
    const browser = await withSecondFactor('forgets');
    const remove = (password: string) => browser.ask('DELETE', '/me/totp', { password });
    expect((await remove('not the password')).status).toBe(422);
    expect((await remove(PASSWORD)).status).toBe(204);
    expect((await new Browser(desk).signIn('forgets')).status).toBe(200);
  });

  it('loses its second factor where an administrator resets both', async () => {
    const browser = await withSecondFactor('loses');
    expect(await browser.ask('POST', '/me/totp', { password: PASSWORD })).toMatchObject({
      status: 409,
      json: { code: 'LK-OPR-006' },
    });
    const reset = { password: NEXT, removeTotp: true };
    await desk.ask('PUT', '/operators/loses/password', reset);
    expect((await new Browser(desk).signIn('loses', NEXT)).status).toBe(200);
  });

  async function withSecondFactor(username: string): Promise<Browser> {
    const browser = await newOperator(desk, username, 'guard');
    const { secret } = (await browser.ask('POST', '/me/totp', { password: PASSWORD }))
      .json as Record<string, string>;
    await browser.ask('POST', '/me/totp/confirm', { code: codeOf(secret ?? '') });
    return browser;
  }
});

describe('operators over REST', () => {
  let desk: FrontDesk;
  beforeAll(async () => {
    desk = await FrontDesk.open();
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  it('are listed with what an administrator needs to see', async () => {
    const boss = await newOperator(desk, 'the-boss', 'administrator');
    const { json } = await boss.ask('GET', '/operators');
    expect(json['operators']).toMatchObject([
      { username: 'the-boss', role: 'administrator', totp: false, disabled: false, version: 1 },
    ]);
    expect((json['operators'] as { lastSignInAt: string }[])[0]?.lastSignInAt).toMatch(/Z$/);
  });

  it('keep their last administrator', async () => {
    const boss = new Browser(desk);
    await boss.signIn('the-boss');
    const last = { status: 409, json: { code: 'LK-OPR-004' } };
    expect(await boss.ask('DELETE', '/operators/the-boss')).toMatchObject(last);
    for (const change of [
      { name: 'Boss', role: 'guard', disabled: false },
      { name: 'Boss', role: 'administrator', disabled: true },
    ]) {
      const tag = { 'if-match': '"1"' };
      expect(await boss.ask('PUT', '/operators/the-boss', change, tag)).toMatchObject(last);
    }
    expect((await boss.ask('GET', '/me')).status).toBe(200);
  });

  it('tell the second of two who change the same one', async () => {
    await newOperator(desk, 'contended', 'guard');
    const change = (name: string, tag: string) =>
      desk.ask(
        'PUT',
        '/operators/contended',
        { name, role: 'guard', disabled: false },
        { 'if-match': tag },
      );
    const [one] = [await change('First', '"1"')];
    expect(one).toMatchObject({ status: 200, json: { name: 'First', version: 2 } });
    expect(one.headers.get('etag')).toBe('"2"');
    expect(await change('Second', '"1"')).toMatchObject({
      status: 412,
      json: { code: 'LK-STO-002' },
    });
  });

  it.each([
    ['a name of a program', { username: 'token' }, 422, 'LK-OPR-001', 'body.username'],
    ['a name with a space', { username: 'a b' }, 422, 'LK-OPR-001', 'body.username'],
    ['no password to speak of', { password: 'short' }, 422, 'LK-OPR-005', 'body.password'],
    ['its name as password', { password: 'my-fresh-one-2026' }, 422, 'LK-OPR-005', 'body.password'],
    ['a role that there is not', { role: 'king' }, 400, 'LK-REQ-001', 'body.role'],
    ['a name of two lines', { name: 'a\nb' }, 422, 'LK-PER-005', 'body.name'],
  ])('are refused with %s, beside the field', async (_, wrong, status, code, field) => {
    const good = { username: 'fresh-one', name: 'Fresh', role: 'guard', password: PASSWORD };
    expect(await desk.ask('POST', '/operators', { ...good, ...wrong })).toMatchObject({
      status,
      json: { code, faults: [{ field }] },
    });
  });

  it('have names of their own', async () => {
    const again = { username: 'Contended', name: 'x', role: 'guard', password: PASSWORD };
    expect(await desk.ask('POST', '/operators', again)).toMatchObject({
      status: 409,
      json: { code: 'LK-OPR-002' },
    });
  });
});
