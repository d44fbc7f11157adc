// Real: broker with its files, registry with its file store, the gateway over HTTP, all logs at their loudest.
import { createLogger } from '@latchkey/runtime';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesIn } from '../erasure/files.fixture.js';
import { type Browser, newOperator, PASSWORD } from '../gateway/browser.fixture.js';
import { type Answer, FrontDesk } from '../gateway/front-desk.fixture.js';

const logged: string[] = [];
const seen: Buffer[] = [];
const NEW_PASSWORD = 'another fine long password';
const ADDRESS = 'asha.rao@secret-campus.example';
const opened = new AsyncDisposableStack();
let desk: FrontDesk;
const secrets = new Map<string, string>();

beforeAll(async () => {
  const destination = { write: (line: string) => void logged.push(line) };
  const logger = createLogger({ service: 'test', instance: 'test', level: 'trace', destination });
  desk = opened.use(await FrontDesk.open({ overrides: { logger } }));
  const everything = desk.gateway.bus.nc.subscribe('>', {
    callback: (_error, message) => {
      seen.push(
        Buffer.from(JSON.stringify([...(message.headers ?? [])])),
        Buffer.from(message.data),
      );
    },
  });
  opened.defer(() => everything.unsubscribe());
  await useEverySecret(await newOperator(desk, 'keeper', 'administrator'));
});
afterAll(() => opened.disposeAsync());

/** An operator's whole life: passwords, a second factor, doors with tokens and pairing codes, a person. */
async function useEverySecret(browser: Browser): Promise<void> {
  const keep = (name: string, value: unknown) => secrets.set(name, String(value));
  const does = async (asked: Promise<Answer>) => {
    const { status, json } = await asked;
    if (status >= 300) throw new Error(`${status}: ${JSON.stringify(json)}`);
    return json;
  };
  keep('the operator token', desk.token);
  keep('a password', PASSWORD);
  keep('a new password', NEW_PASSWORD);
  keep('a cookie', browser.cookie);
  const begun = await does(browser.ask('POST', '/me/totp', { password: PASSWORD }));
  const secret = String(begun['secret']);
  keep('the second factor’s secret', secret);
  const code = new TOTP({ secret }).generate();
  await does(browser.ask('POST', '/me/totp/confirm', { code }));
  await does(browser.ask('PUT', '/me/password', { current: PASSWORD, next: NEW_PASSWORD }));
  keep('a later cookie', browser.cookie);
  expect(secrets.get('a later cookie')).not.toBe(secrets.get('a cookie'));
  expect(await does(browser.ask('GET', '/me'))).toMatchObject({ operator: { totp: true } });
  const door = await does(desk.ask('POST', '/doors', { id: 'north', name: 'North' }));
  keep('a kiosk’s token', door['kioskToken']);
  keep('a pairing code', (await does(desk.ask('POST', '/doors/north/pairing')))['code']);
  const consent = { version: '2026-11' };
  await does(desk.ask('POST', '/people', { id: 'p1', name: 'Asha Rao', email: ADDRESS, consent }));
  await does(desk.ask('GET', `/people?q=${ADDRESS}`));
  await does(desk.ask('GET', `/people?q=${encodeURIComponent(ADDRESS)}`));
  await desk.ask('GET', `/people/${encodeURIComponent(ADDRESS)}`);
  const wrong = 'a wrong password that somebody typed';
  expect((await browser.signIn('keeper', wrong)).status).toBe(401);
  keep('a wrong password', wrong);
}

/** A secret in each of the forms in which it could lie somewhere. */
const formsOf = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('base64').replaceAll('=', ''),
  Buffer.from(secret).toString('base64url'),
  Buffer.from(secret).toString('hex'),
  encodeURIComponent(secret),
];
const holds = (bytes: Buffer | string, secret: string): boolean =>
  formsOf(secret).some((form) => bytes.includes(form));

it('passwords, tokens, cookies, second factors and pairing codes lie in no file, stream or bucket', async () => {
  expect(
    [...secrets.values()].filter((value) => value.length < 8 || value === 'undefined'),
  ).toEqual([]);
  const files = await filesIn(desk.folder, (file) => !file.startsWith('keys'));
  // What is no secret is found there: the search sees what lies in the files.
  for (const known of ['keeper', 'north', 'p1']) {
    expect(files.some(({ bytes }) => bytes.includes(known))).toBe(true);
  }
  const found = [...secrets].flatMap(([name, secret]) => [
    ...files.filter(({ bytes }) => holds(bytes, secret)).map(({ file }) => `${name} in ${file}`),
    ...(seen.some((bytes) => holds(bytes, secret)) ? [`${name} on the bus`] : []),
  ]);
  expect(found).toEqual([]);
  expect(seen.length).toBeGreaterThan(20);
});

it('no log line holds a secret, an address or a name, at the loudest level', () => {
  expect(logged.length).toBeGreaterThan(5);
  const looked = [...secrets, ['an address', ADDRESS], ['a name', 'Asha Rao']] as const;
  const found = looked.filter(([, secret]) => logged.some((line) => holds(line, secret)));
  expect(found.map(([name]) => name)).toEqual([]);
});

it('no answer to an administrator tells a secret again', async () => {
  const paths = ['/operators', '/doors', '/doors/north', '/audit', '/status', '/deliveries', '/me'];
  for (const path of paths) {
    const text = await (await desk.fetch(path)).text();
    expect(
      [...secrets]
        .filter(([, secret]) => holds(text, secret))
        .map(([name]) => `${name} at ${path}`),
    ).toEqual([]);
  }
});
