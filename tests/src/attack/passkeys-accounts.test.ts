// Real: broker, registry with its file store, two replicas of the gateway over HTTP; an authenticator played with real keys.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addPasskey,
  askForPasskey,
  Authenticator,
  enterByPasskey,
} from '../gateway/authenticator.fixture.js';
import { type Browser, newOperator, PASSWORD } from '../gateway/browser.fixture.js';
import { notAdded, ORIGIN, PasskeyDesk, passkeysOf, refusal } from './passkeys.fixture.js';

let site: PasskeyDesk;
beforeAll(async () => {
  site = await PasskeyDesk.open();
});
afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
});
beforeEach(() => site.forgetTries());

/** What the audit tells of an operator's sign-ins that failed. */
async function failedOf(username: string): Promise<object[]> {
  const { json } = await site.desk.ask('GET', '/audit?action=operator.sign-in-failed');
  const entries = json['entries'] as { subject: string }[];
  return entries.filter(({ subject }) => subject === username);
}

describe('a passkey', () => {
  it('whose counter goes back is shut, with all that was signed in, and stands in the audit', async () => {
    const { browser, device } = await site.withPasskey('copied');
    const [held] = device.held;
    if (!held) throw new Error('no passkey');
    const cookie = site.browser();
    expect(await enterByPasskey(cookie, device, { counter: 7 })).toMatchObject({ status: 200 });
    expect(await enterByPasskey(site.browser(), device, { counter: 7 })).toMatchObject(refusal);
    expect((await cookie.ask('GET', '/me')).status).toBe(401);
    expect((await browser.ask('GET', '/me')).status).toBe(401);
    // Who of the two is the owner nobody can tell: neither is let in, until it is taken away.
    expect(await enterByPasskey(site.browser(), device, { counter: 9 })).toMatchObject(refusal);
    await browser.signIn('copied');
    expect(await passkeysOf(browser)).toMatchObject([{ suspect: true }]);
    const noted = async () =>
      (await site.desk.ask('GET', '/audit?action=operator.passkey-copied')).json['entries'];
    await expect
      .poll(noted, { timeout: 45_000 })
      .toMatchObject([{ subject: 'copied', by: 'registry' }]);
  });

  it('whose counter goes back by a forged signature is not shut', async () => {
    const { browser, device } = await site.withPasskey('slandered');
    expect(await enterByPasskey(site.browser(), device, { counter: 7 })).toMatchObject({
      status: 200,
    });
    const slander = { counter: 1, forged: true };
    expect(await enterByPasskey(site.browser(), device, slander)).toMatchObject(refusal);
    expect((await browser.ask('GET', '/me')).status).toBe(200);
    expect(await passkeysOf(browser)).toMatchObject([{ suspect: false }]);
  });

  it.each([
    [
      'by its operator',
      async (browser: Browser) => {
        const [mine] = await passkeysOf(browser);
        const path = `/me/passkeys/${mine?.id}`;
        expect(await browser.ask('DELETE', path, { password: 'a wrong one' })).toMatchObject({
          status: 422,
          json: { code: 'LK-AUTH-013' },
        });
        expect((await browser.ask('DELETE', path, { password: PASSWORD })).status).toBe(204);
        expect((await browser.ask('GET', '/me')).status).toBe(200);
      },
    ],
    [
      'by an administrator',
      async (browser: Browser, username: string) => {
        expect(await site.desk.ask('DELETE', `/operators/${username}/passkeys`)).toMatchObject({
          status: 200,
          json: { passkeys: 0 },
        });
        expect((await browser.ask('GET', '/me')).status).toBe(401);
      },
    ],
    [
      'with its operator',
      async (_: Browser, username: string) => {
        expect((await site.desk.ask('DELETE', `/operators/${username}`)).status).toBe(204);
        // Somebody else of the same name is somebody else.
        await newOperator(site.desk, username, 'administrator');
      },
    ],
  ])('that was taken away %s signs nobody in, and ends what it signed in', async (how, take) => {
    const username = `taken-${how.replaceAll(' ', '-')}`;
    const { browser, device } = await site.withPasskey(username);
    const entered = site.browser();
    expect(await enterByPasskey(entered, device)).toMatchObject({ status: 200 });
    await take(browser, username);
    expect((await entered.ask('GET', '/me')).status).toBe(401);
    expect(await enterByPasskey(site.browser(), device)).toMatchObject(refusal);
  });

  it('of an operator who is disabled signs nobody in', async () => {
    const { device } = await site.withPasskey('disabled');
    const change = { name: 'x', role: 'guard', disabled: true };
    const path = '/operators/disabled';
    expect((await site.desk.ask('PUT', path, change, { 'if-match': '"2"' })).status).toBe(200);
    expect(await enterByPasskey(site.browser(), device)).toMatchObject(refusal);
    await expect.poll(() => failedOf('disabled'), { timeout: 45_000 }).toHaveLength(1);
  });

  it('that is shown forged is noted of whose it is, and one that nobody has of nobody', async () => {
    const { device } = await site.withPasskey('besieged');
    const nobodys = { credential: Buffer.alloc(32, 9).toString('base64url') };
    for (const deviation of [nobodys, { forged: true }]) {
      expect(await enterByPasskey(site.browser(), device, deviation)).toMatchObject(refusal);
    }
    await expect
      .poll(() => failedOf('besieged'), { timeout: 45_000 })
      .toMatchObject([{ by: 'gateway', detail: '1 try' }]);
  });

  it('is not added to the account of another, however it is asked for', async () => {
    const attacker = await newOperator(site.desk, 'attacker', 'guard');
    const { browser: victim, device } = await site.withPasskey('attacked');
    const asked = await askForPasskey(victim);
    const add = (response: object, more = {}) =>
      attacker.ask('POST', '/me/passkeys', { name: 'x', response, ...more });
    expect(await add(new Authenticator(ORIGIN).create(asked))).toMatchObject(notAdded);
    const own = new Authenticator(ORIGIN);
    const named = { username: 'attacked', by: 'attacked', operator: 'attacked' };
    const made = own.create(await askForPasskey(attacker));
    expect(await add(made, named)).toMatchObject({ status: 201 });
    const entered = site.browser();
    expect(await enterByPasskey(entered, own)).toMatchObject({
      json: { operator: { username: 'attacker' } },
    });
    // Nor is another's taken over, by making one of the same id.
    const taken = { credential: device.held[0]?.credential ?? '' };
    const same = new Authenticator(ORIGIN).create(await askForPasskey(attacker), taken);
    expect(await add(same)).toMatchObject({ status: 409, json: { code: 'LK-PKY-004' } });
    expect(await passkeysOf(victim)).toHaveLength(1);
    expect(await attacker.ask('DELETE', '/operators/attacked/passkeys')).toMatchObject({
      status: 403,
    });
    const [theirs] = await passkeysOf(victim);
    const path = `/me/passkeys/${theirs?.id}`;
    expect(await attacker.ask('DELETE', path, { password: PASSWORD })).toMatchObject({
      status: 404,
      json: { code: 'LK-PKY-003' },
    });
  });

  it.each([
    ['at another site', { origin: 'https://evil.example' }],
    ['under another name', { rpId: 'evil.example' }],
    ['without a finger, face or PIN', { verified: false }],
    ['in a frame of another site', { crossOrigin: true }],
    ['as a sign-in', { type: 'webauthn.get' }],
  ])('that was made %s is not added', async (what, deviation) => {
    const username = `m-${what.replaceAll(/\W+/g, '-').slice(0, 24)}x`.toLowerCase();
    const browser = await newOperator(site.desk, username, 'guard');
    const device = new Authenticator(ORIGIN);
    expect(await addPasskey(browser, device, 'x', deviation)).toMatchObject(notAdded);
    expect(await passkeysOf(browser)).toEqual([]);
  });

  it('is not added by who has a cookie but not the password, nor once that was changed', async () => {
    const browser = await newOperator(site.desk, 'cookie-thief', 'guard');
    const begin = (password: string) => browser.ask('POST', '/me/passkeys/options', { password });
    expect(await begin('a wrong one')).toMatchObject({ json: { code: 'LK-AUTH-013' } });
    const response = new Authenticator(ORIGIN).create(await askForPasskey(browser));
    const next = 'another fine password';
    await browser.ask('PUT', '/me/password', { current: PASSWORD, next });
    expect(await browser.ask('POST', '/me/passkeys', { name: 'x', response })).toMatchObject(
      notAdded,
    );
  });
});
