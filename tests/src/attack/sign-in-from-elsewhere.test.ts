// Real: broker, registry with its file store, replicas of the gateway over HTTP, from several addresses of this machine.
import { type IncomingMessage, request } from 'node:http';
import type { Service } from '@latchkey/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newOperator, PASSWORD } from '../gateway/browser.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';

const MINUTE_MS = 60_000;

let desk: FrontDesk;
const replicas: Service[] = [];
beforeAll(async () => {
  desk = await FrontDesk.open();
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.close()));
  await desk?.[Symbol.asyncDispose]();
});

interface From {
  readonly at?: Service;
  /** An address of this machine. */
  readonly address?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function signIn(
  username: string,
  password: string,
  from: From = {},
): Promise<IncomingMessage> {
  const { at = desk.gateway, address = '127.0.0.1', headers = {} } = from;
  const body = JSON.stringify({ username, password });
  const sent = { 'content-type': 'application/json', 'x-latchkey': '1', ...headers };
  const options = { method: 'POST', localAddress: address, headers: sent, agent: false } as const;
  return await new Promise((resolve, reject) => {
    request(`${at.httpUrl}/api/v1/sign-in`, options, (answer) => {
      answer.resume().once('end', () => resolve(answer));
    })
      .once('error', reject)
      .end(body);
  });
}

async function statusesOf(count: number, username: string, from: From): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const { statusCode = 0 } = await signIn(username, `a wrong one ${n}`, from);
    statuses.push(statusCode);
  }
  return statuses;
}

it('one address that guesses on and on shuts nobody out who comes from another', async () => {
  await newOperator(desk, 'wanted', 'guard');
  const looked: number[] = [];
  let last = desk.gateway;
  for (const minute of [0, 2, 4, 6]) {
    const at = await desk.another(`minute-${minute}`, {}, minute * MINUTE_MS);
    replicas.push(at);
    last = at;
    const statuses = await statusesOf(29, 'wanted', { at });
    looked.push(statuses.filter((status) => status === 401).length);
  }
  expect(looked).toEqual([5, 5, 5, 0]);
  const own = await signIn('wanted', PASSWORD, { at: last, address: '127.0.0.2' });
  expect(own.statusCode).toBe(200);
});

it('only a proxy that is trusted says where a request comes from, and that it came over TLS', async () => {
  await newOperator(desk, 'behind', 'guard');
  const at = await desk.another('behind-a-proxy', { LK_TRUSTED_PROXIES: '127.0.0.1' });
  replicas.push(at);
  const by = (client: string, address = '127.0.0.1') => ({
    at,
    address,
    headers: { 'x-forwarded-for': client, 'x-forwarded-proto': 'https' },
  });
  expect(await statusesOf(6, 'behind', by('192.0.2.1'))).toEqual([401, 401, 401, 401, 401, 429]);
  const other = await signIn('behind', PASSWORD, by('192.0.2.2'));
  expect(other.statusCode).toBe(200);
  expect(other.headers['set-cookie']?.[0]).toMatch(/^__Host-latchkey=.*; Path=\/; Secure$/);
  // Whoever is no proxy of ours may say what they like.
  const claims = ['198.51.100.1', '198.51.100.2', '198.51.100.3', '198.51.100.4', '198.51.100.5'];
  for (const claim of claims) await signIn('behind', 'wrong', by(claim, '127.0.0.3'));
  const sixth = await signIn('behind', PASSWORD, by('198.51.100.6', '127.0.0.3'));
  expect(sixth.statusCode).toBe(429);
});
