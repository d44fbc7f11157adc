// Real: broker, registry with its file store, two replicas of the gateway over HTTP; an authenticator played with real keys.
import type { Service } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addPasskey,
  askForSignIn,
  Authenticator,
  enterByPasskey,
} from './authenticator.fixture.js';
import { Browser, newOperator } from './browser.fixture.js';
import { FrontDesk } from './front-desk.fixture.js';

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly lastUsedAt: string | null;
}

const passkeysOf = async (browser: Browser) =>
  (await browser.ask('GET', '/me/passkeys')).json['passkeys'] as Listed[];

describe('passkeys of operators', () => {
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

  it('are added by who knows the password, and let them in without it, at any replica', async () => {
    const browser = await newOperator(desk, 'asha', 'guard');
    const device = Authenticator.at(desk);
    expect(await browser.ask('POST', '/me/passkeys/options', { password: 'wrong' })).toMatchObject({
      status: 422,
      json: { code: 'LK-AUTH-013', faults: [{ field: 'body.password' }] },
    });
    const added = await addPasskey(browser, device);
    expect(added).toMatchObject({
      status: 201,
      json: { name: 'My phone', lastUsedAt: null, suspect: false },
    });
    const entering = new Browser(desk);
    const asked = await askForSignIn(entering);
    // Nothing that is asked says whose passkeys there are.
    expect(asked).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    expect(asked.allowCredentials ?? []).toEqual([]);
    const body = { response: device.get(asked) };
    // A passkey belongs to the name of the site; each replica of this test has a port of its own, so it is asked for by it.
    const entered = await entering.ask('POST', '/sign-in/passkey', body);
    expect(entered).toMatchObject({ status: 200, json: { operator: { username: 'asha' } } });
    expect(entered.headers.getSetCookie()[0]).toMatch(
      /^latchkey=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    expect(await entering.ask('GET', '/alerts')).toMatchObject({ status: 200 });
    expect((await entering.before(replica.httpUrl ?? '').ask('GET', '/me')).status).toBe(200);
    const [listed] = await passkeysOf(entering);
    expect(listed).toMatchObject({ name: 'My phone', lastUsedAt: expect.stringMatching(/Z$/) });
  });

  it('stand for both factors', async () => {
    const browser = await newOperator(desk, 'two-factors', 'guard');
    const device = Authenticator.at(desk);
    await addPasskey(browser, device);
    const { json } = await browser.ask('GET', '/me');
    expect(json).toMatchObject({ operator: { totp: false } });
    expect(await enterByPasskey(new Browser(desk), device)).toMatchObject({ status: 200 });
  });
});
