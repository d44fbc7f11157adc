// Real: broker, registry with its file store, the gateway over HTTP. Whoever attacks can write into any bucket, past all
// permissions (sent-on.test.ts), and knows an operator's stamp.
import { createHash, randomBytes } from 'node:crypto';
import { buckets } from '@latchkey/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Neighbour } from '../registry/neighbour.js';
import { Browser, newOperator } from '../gateway/browser.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';

let desk: FrontDesk;
beforeAll(async () => {
  desk = await FrontDesk.open();
});
afterAll(() => desk?.[Symbol.asyncDispose]());

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
const write = (bucket: string, key: string, value: object) =>
  desk.gateway.bus.js.publish(`$KV.${bucket}.${key}`, JSON.stringify(value));

it('a link for the first administrator that the gateway has not made makes nobody one', async () => {
  const token = randomBytes(32).toString('base64url');
  await write(buckets.invitations.name, 'forged', { digest: digestOf(token), at: Date.now() });
  const body = { token, username: 'eve', name: 'Eve', password: 'correct horse battery' };
  const { status } = await new Browser(desk).ask('POST', '/first-administrator', body);
  expect(status).toBeGreaterThanOrEqual(400);
  expect((await desk.ask('GET', '/operators')).json['operators']).toEqual([]);
});

it('a session that somebody else wrote signs nobody in, though all in it is right', async () => {
  await newOperator(desk, 'ada', 'administrator');
  const neighbour = new Neighbour(desk.settings['LK_REGISTRY_URL'] ?? '', desk.keysDir);
  const { stamp } = await neighbour.call('getOperator', { username: 'ada', by: 'gateway' });
  neighbour.close();
  const browser = new Browser(desk);
  browser.cookie = randomBytes(32).toString('base64url');
  const now = Date.now();
  const forged = { username: 'ada', stamp, createdAt: now, seenAt: now };
  await write(buckets.sessions.name, digestOf(browser.cookie), forged);
  expect((await browser.ask('GET', '/operators')).status).toBe(401);
});

it('a session that the gateway wrote is no other cookie’s', async () => {
  const genuine = new Browser(desk);
  await newOperator(desk, 'bob', 'administrator');
  await genuine.signIn('bob');
  expect((await genuine.ask('GET', '/operators')).status).toBe(200);
  const stream = `KV_${buckets.sessions.name}`;
  const subject = `$KV.${buckets.sessions.name}.${digestOf(genuine.cookie ?? '')}`;
  const kept = await desk.gateway.bus.jsm.streams.getMessage(stream, { last_by_subj: subject });
  const browser = new Browser(desk);
  browser.cookie = randomBytes(32).toString('base64url');
  const other = `$KV.${buckets.sessions.name}.${digestOf(browser.cookie)}`;
  await desk.gateway.bus.js.publish(other, kept?.data ?? '');
  expect((await browser.ask('GET', '/operators')).status).toBe(401);
});
