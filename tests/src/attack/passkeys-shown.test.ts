// Real: broker, registry with its file store, two replicas of the gateway over HTTP; an authenticator played with real keys.
import { buckets } from '@latchkey/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  askForPasskey,
  askForSignIn,
  Authenticator,
  type Deviation,
  enterByPasskey,
} from '../gateway/authenticator.fixture.js';
import { PASSWORD } from '../gateway/browser.fixture.js';
import { notAdded, ORIGIN, PasskeyDesk, passkeysOf, refusal } from './passkeys.fixture.js';

let site: PasskeyDesk;
beforeAll(async () => {
  site = await PasskeyDesk.open();
});
afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
});
beforeEach(() => site.forgetTries());

describe('what is shown instead of a passkey', () => {
  let victim: Authenticator;
  let other: Authenticator;
  beforeAll(async () => {
    ({ device: victim } = await site.withPasskey('victim'));
    ({ device: other } = await site.withPasskey('other'));
  });

  const rows: readonly (readonly [what: string, deviation: () => Deviation])[] = [
    ['a signature by another key', () => ({ forged: true })],
    ['what was signed for another site', () => ({ origin: 'https://latchkey.example.evil' })],
    ['what was signed for another port', () => ({ origin: `${ORIGIN}:8443` })],
    ['what was signed in clear', () => ({ origin: 'http://latchkey.example' })],
    ['what was signed for a site within', () => ({ origin: 'https://a.latchkey.example' })],
    ['a passkey of another name', () => ({ rpId: 'evil.example' })],
    ['a passkey of the name above', () => ({ rpId: 'example' })],
    ['no finger, face or PIN', () => ({ verified: false })],
    ['nobody there', () => ({ present: false })],
    ['what was signed in a frame of another site', () => ({ crossOrigin: true })],
    ['what was signed to add a passkey', () => ({ type: 'webauthn.create' })],
    ['a challenge of its own', () => ({ challenge: Buffer.alloc(32, 7).toString('base64url') })],
    ['the id of another’s passkey', () => ({ credential: other.held[0]?.credential ?? '' })],
    ['the handle of another operator', () => ({ handle: other.held[0]?.handle ?? '' })],
    ['an id that nobody has', () => ({ credential: Buffer.alloc(32, 7).toString('base64url') })],
  ];

  it.each(rows)('%s signs nobody in, and is answered as all the others', async (_, deviation) => {
    const answer = await enterByPasskey(site.browser(), victim, deviation());
    expect(answer).toMatchObject(refusal);
    expect(answer.headers.getSetCookie()).toEqual([]);
    const plain = await enterByPasskey(site.browser(), victim, { forged: true });
    const without = ({ json }: typeof plain) => ({ ...json, correlationId: '' });
    expect(without(answer)).toEqual(without(plain));
    // What was refused took nothing from whose passkey it is.
    expect(await enterByPasskey(site.browser(), victim)).toMatchObject({ status: 200 });
  });
});

describe('what a passkey has signed', () => {
  it('is good once, at all replicas together, though it is shown twice at the same moment', async () => {
    const { device } = await site.withPasskey('replayed');
    const response = device.get(await askForSignIn(site.browser()));
    const show = (at?: string) => site.browser(at).ask('POST', '/sign-in/passkey', { response });
    const both = await Promise.all([show(), show(site.replica.httpUrl)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401]);
    expect(await show()).toMatchObject(refusal);
    expect(await show(site.replica.httpUrl)).toMatchObject(refusal);
  });

  it('is good for what it was asked for: to sign in, or to add a passkey of one operator', async () => {
    const { browser, device } = await site.withPasskey('purposes');
    const { challenge } = await askForPasskey(browser);
    const asked = { challenge, rpId: 'latchkey.example' };
    const response = device.get(asked);
    expect(await site.browser().ask('POST', '/sign-in/passkey', { response })).toMatchObject(
      refusal,
    );
    const toAdd = await askForPasskey(browser);
    const { challenge: toEnter } = await askForSignIn(site.browser());
    const made = new Authenticator(ORIGIN).create({ ...toAdd, challenge: toEnter });
    const added = await browser.ask('POST', '/me/passkeys', { name: 'x', response: made });
    expect(added).toMatchObject(notAdded);
    expect(await passkeysOf(browser)).toHaveLength(1);
  });

  it('is worth nothing after five minutes', async () => {
    const { browser, device } = await site.withPasskey('late');
    const later = await site.desk.another('later', {}, buckets.challenges.ttlMs + 1_000);
    try {
      const response = device.get(await askForSignIn(site.browser()));
      const show = site.browser(later.httpUrl).ask('POST', '/sign-in/passkey', { response });
      expect(await show).toMatchObject(refusal);
      const made = new Authenticator(ORIGIN).create(await askForPasskey(browser));
      const body = { name: 'x', response: made };
      const elsewhere = site.browser(later.httpUrl);
      await elsewhere.signIn('late');
      expect(await elsewhere.ask('POST', '/me/passkeys', body)).toMatchObject(notAdded);
    } finally {
      await later.close();
    }
  });
});

describe('signing in by passkeys', () => {
  it('is slowed down like passwords, over both replicas; who guesses a password shuts no passkey out', async () => {
    const { device } = await site.withPasskey('slowed');
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const browser = site.browser(n % 2 === 0 ? undefined : site.replica.httpUrl);
      statuses.push((await enterByPasskey(browser, device, { forged: true })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const { device: calm } = await site.withPasskey('calm');
    for (let n = 0; n < 6; n += 1) await site.browser().signIn('calm', `a wrong one ${n}`);
    expect(await site.browser().signIn('calm')).toMatchObject({ status: 429 });
    expect(await enterByPasskey(site.browser(), calm)).toMatchObject({ status: 200 });
  });

  it('belongs to the address in the settings, whatever host a request names', async () => {
    const { device } = await site.withPasskey('hosts');
    const claimed = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
    const { json } = await site.browser().ask('POST', '/sign-in/passkey/options', {}, claimed);
    expect(json['options']).toMatchObject({ rpId: 'latchkey.example' });
    const options = json['options'] as Parameters<Authenticator['get']>[0];
    const response = device.get(options, { origin: 'https://evil.example', rpId: 'evil.example' });
    const shown = await site.browser().ask('POST', '/sign-in/passkey', { response }, claimed);
    expect(shown).toMatchObject(refusal);
  });

  it('is begun and ended by the console’s own pages alone', async () => {
    const { browser, device } = await site.withPasskey('framed');
    const response = device.get(await askForSignIn(site.browser()));
    const forged = { status: 403, json: { code: 'LK-AUTH-005' } };
    const from: Record<string, string>[] = [
      { 'x-latchkey': '' },
      { origin: 'https://evil.example' },
    ];
    for (const headers of from) {
      for (const [path, body] of [
        ['/sign-in/passkey/options', {}],
        ['/sign-in/passkey', { response }],
        ['/me/passkeys/options', { password: PASSWORD }],
        ['/me/passkeys', { name: 'x', response }],
      ] as const) {
        expect(await browser.ask('POST', path, body, headers)).toMatchObject(forged);
      }
    }
  });

  it('reads nonsense as nonsense', async () => {
    const { browser, device } = await site.withPasskey('nonsense');
    const refusals = [400, 401, 422];
    for (const junk of ['AAAA', 'e30', Buffer.alloc(400, 0x9f).toString('base64url')]) {
      await site.forgetTries();
      for (const part of ['clientDataJSON', 'authenticatorData', 'signature'] as const) {
        const good = device.get(await askForSignIn(site.browser()));
        const response = { ...good, response: { ...good.response, [part]: junk } };
        const { status } = await site.browser().ask('POST', '/sign-in/passkey', { response });
        expect(refusals).toContain(status);
      }
      const made = new Authenticator(ORIGIN).create(await askForPasskey(browser));
      const response = { ...made, response: { ...made.response, attestationObject: junk } };
      const added = await browser.ask('POST', '/me/passkeys', { name: 'x', response });
      expect(added).toMatchObject(notAdded);
    }
  });
});
