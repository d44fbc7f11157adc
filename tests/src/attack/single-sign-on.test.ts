// Real: broker, registry with its file store, two replicas of the gateway over HTTP, an OpenID provider (oidc-provider).
import { request } from 'node:http';
import { buckets } from '@latchkey/contracts';
import { gateway } from '@latchkey/gateway';
import { createLogger, openSignedBucket, type Service } from '@latchkey/runtime';
import { generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { CLIENT_SECRET } from '../gateway/identity-provider.fixture.js';
import { refused, SignOnDesk } from '../gateway/sign-on.fixture.js';

let campus: SignOnDesk;
let replica: Service;
beforeAll(async () => {
  campus = await SignOnDesk.open();
  replica = await campus.desk.another('replica', { LK_GATEWAY_PORT: '0' });
});
afterEach(() => {
  campus.provider.forge = undefined;
});
afterAll(async () => {
  await replica?.close();
  await campus?.[Symbol.asyncDispose]();
});

it('an answer that another browser brings lets nobody in, and ends nothing for the browser that is under way', async () => {
  const mallory = await campus.person('mallory');
  const victim = await campus.person('victim');
  const theirs = campus.browser();
  const lure = await campus.provider.signIn((await theirs.begin()).url, mallory.account);
  const browser = campus.browser();
  expect(await browser.comeBack(lure)).toMatchObject(refused('LK-SSO-002'));
  const { url } = await browser.begin('#/people');
  const underWay = browser.before(campus.desk.gateway.httpUrl ?? '');
  expect(await browser.comeBack(lure)).toMatchObject({ to: '/#/people?refused=LK-SSO-002' });
  expect(await browser.me()).toBeUndefined();
  const own = await campus.provider.signIn(url, victim.account);
  expect(await underWay.comeBack(own)).toMatchObject({ to: '/#/people' });
  expect(await underWay.me()).toEqual({ username: 'victim', role: 'guard' });
});

it('an answer is good once, of twenty at the same moment over both replicas', async () => {
  const { account } = await campus.person('once');
  const browser = campus.browser();
  const back = await campus.provider.signIn((await browser.begin()).url, account);
  const places = [campus.desk.gateway.httpUrl ?? '', replica.httpUrl ?? ''];
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, n) => browser.before(places[n % 2] ?? '').comeBack(back)),
  );
  const { to } = refused('LK-SSO-002');
  expect(all.map((went) => went.to).toSorted()).toEqual([
    '/#/',
    ...Array.from({ length: 19 }, () => to),
  ]);
});

it('a code that was used, or was meant for another sign-on, is worth nothing in a new one', async () => {
  const { account } = await campus.person('replayed');
  const other = campus.browser();
  const unused = await campus.provider.signIn((await other.begin()).url, account);
  const first = campus.browser();
  const used = await campus.provider.signIn((await first.begin()).url, account);
  await first.comeBack(used);
  for (const back of [used, unused]) {
    const browser = campus.browser();
    const { url } = await browser.begin();
    const injected = new URL(back);
    injected.searchParams.set('state', new URL(url).searchParams.get('state') ?? '');
    expect(await browser.comeBack(injected.href)).toMatchObject(refused('LK-SSO-002'));
    expect(await browser.me()).toBeUndefined();
  }
});

const wrongTokens: Readonly<Record<string, (claims: JWTPayload) => JWTPayload>> = {
  'another sign-on’s nonce': (claims) => ({ ...claims, nonce: 'another' }),
  'no nonce': (claims) => ({ ...claims, nonce: undefined }),
  'another client as its audience': (claims) => ({ ...claims, aud: 'another-client' }),
  'another issuer': (claims) => ({ ...claims, iss: 'https://login.elsewhere.example' }),
  'a time that has passed': (claims) => ({ ...claims, exp: 1_000_000_000 }),
};

it.each(Object.entries(wrongTokens))(
  'a token with %s is refused, though the provider signed it',
  async (what, change) => {
    const { account } = await campus.person(`token-${Object.keys(wrongTokens).indexOf(what)}`);
    const browser = campus.browser();
    campus.provider.forge = ({ claims, sign }) => sign(change(claims));
    expect(await browser.signIn(account)).toMatchObject(refused('LK-SSO-002'));
    campus.provider.forge = ({ claims, sign }) => sign(claims);
    expect(await browser.signIn(account)).toMatchObject({ to: '/#/' });
  },
);

it('a token that nobody signed, or another key, is refused', async () => {
  const { account } = await campus.person('unsigned');
  const browser = campus.browser();
  campus.provider.forge = async ({ claims }) => new UnsecuredJWT(claims).encode();
  expect(await browser.signIn(account)).toMatchObject(refused('LK-SSO-002'));
  const { privateKey } = await generateKeyPair('RS256');
  campus.provider.forge = ({ claims }) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'campus' }).sign(privateKey);
  expect(await browser.signIn(account)).toMatchObject(refused('LK-SSO-002'));
  const secret = new TextEncoder().encode(CLIENT_SECRET);
  campus.provider.forge = ({ claims }) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret);
  expect(await browser.signIn(account)).toMatchObject(refused('LK-SSO-002'));
  expect(await browser.me()).toBeUndefined();
});

it('an answer that names another issuer, or none, is refused before its code is sent anywhere', async () => {
  const { account } = await campus.person('mixed-up');
  for (const issuer of ['https://login.elsewhere.example', null]) {
    const browser = campus.browser();
    const back = new URL(await campus.provider.signIn((await browser.begin()).url, account));
    if (issuer === null) back.searchParams.delete('iss');
    else back.searchParams.set('iss', issuer);
    expect(await browser.comeBack(back.href)).toMatchObject(refused('LK-SSO-002'));
  }
});

it.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '#/people\r\nSet-Cookie: latchkey=planted',
  'javascript:alert(1)',
  '#//evil.example/../..',
])('after signing in, %s leads nowhere but into the console', async (place) => {
  const { account } = await campus.person(
    `redirected-${Buffer.from(place).toString('hex').slice(0, 12)}`,
  );
  const went = await campus.browser().signIn(account, place);
  expect(went.status).toBe(303);
  const at = new URL(went.to, 'https://latchkey.example');
  expect([at.origin, at.pathname]).toEqual(['https://latchkey.example', '/']);
  expect(went.cookies.join('\n')).not.toContain('planted');
});

it('whatever host a request claims, the code goes where the settings say', async () => {
  const headers = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    forwarded: 'host=evil.example',
    'content-type': 'application/json',
    'x-latchkey': '1',
  };
  const text = await new Promise<string>((resolve, reject) => {
    const path = '/api/v1/sign-in/single-sign-on';
    const asked = request(new URL(path, campus.desk.gateway.httpUrl), { method: 'POST', headers });
    asked.once('response', (response) => {
      void response
        .setEncoding('utf8')
        .toArray()
        .then((parts) => resolve(parts.join('')), reject);
    });
    asked.once('error', reject);
    asked.end('{}');
  });
  const { url } = JSON.parse(text) as { readonly url: string };
  const asked = new URL(url).searchParams;
  expect(new URL(asked.get('redirect_uri') ?? '').origin).toBe(campus.settings['LK_PUBLIC_URL']);
  expect(asked.get('code_challenge_method')).toBe('S256');
  expect(url).not.toContain('evil');
});

it('another site’s page cannot begin a sign-on in the operator’s browser', async () => {
  const browser = campus.browser();
  for (const headers of [{ 'x-latchkey': '' }, { origin: 'https://elsewhere.example' }]) {
    expect(await browser.begin('', headers)).toMatchObject({ status: 403, code: 'LK-AUTH-005' });
  }
  expect(browser.cookies.size).toBe(0);
});

it('neither a code, a token nor a secret of a sign-on is in a log or on the bus', async () => {
  const { account } = await campus.person('discreet');
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const facts = { service: 'gateway', instance: 'told', level: 'trace', destination };
  const settings = { ...campus.desk.settings, LK_INSTANCE: 'told', LK_GATEWAY_PORT: '0' };
  await using told = await gateway.create(gateway.readConfig(settings), {
    logger: createLogger(facts),
  });
  const secrets = new Set<string>([CLIENT_SECRET]);
  campus.provider.forge = async ({ claims, sign }) => {
    const token = await sign(secrets.size > 10 ? { ...claims, nonce: 'another' } : claims);
    secrets.add(token);
    return token;
  };
  const bucket = await openSignedBucket(told.bus, buckets.signOns, z.unknown(), {
    keysDir: campus.desk.keysDir,
    signer: 'gateway',
  });
  const outcomes: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const browser = campus.browser(told.httpUrl);
    const { url } = await browser.begin();
    const sent = new URL(url).searchParams;
    const back = new URL(await campus.provider.signIn(url, account));
    for (const name of ['state', 'nonce', 'code_challenge']) secrets.add(sent.get(name) ?? '');
    secrets.add(back.searchParams.get('code') ?? '');
    for (const value of browser.cookies.values()) secrets.add(value);
    if (n === 1) back.searchParams.set('code', 'wrong');
    outcomes.push((await browser.comeBack(back.href)).to);
    for (const value of browser.cookies.values()) secrets.add(value);
  }
  const kept: unknown[] = [];
  for (const key of await bucket.keys()) kept.push(key, (await bucket.get(key))?.value);
  const { to } = refused('LK-SSO-002');
  expect(outcomes).toEqual(['/#/', to, to]);
  expect(lines.join('')).toMatch(/sign-on was not accepted/);
  expect(kept.length).toBeGreaterThanOrEqual(6);
  const written = lines.join('') + JSON.stringify(kept);
  expect([...secrets].filter((secret) => secret === '' || written.includes(secret))).toEqual([]);
});
