// Real: broker, registry with its file store, the gateway over HTTP.
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, newOperator } from '../gateway/browser.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';

let desk: FrontDesk;
let guard: Browser;
beforeAll(async () => {
  desk = await FrontDesk.open();
  guard = await newOperator(desk, 'guarding', 'guard');
});
afterAll(async () => {
  await desk?.[Symbol.asyncDispose]();
});

/** A request as it is written, which `fetch` would put right. @returns its status */
async function bare(lines: readonly string[], body = ''): Promise<number> {
  const url = new URL(desk.gateway.httpUrl ?? '');
  const socket = connect(Number(url.port), url.hostname);
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  let said = '';
  for await (const chunk of socket) said += String(chunk);
  return Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1]);
}

const doorOf = async (id: string) => (await desk.ask('GET', `/doors/${id}`)).status;

describe('a guard, who may not make a door,', () => {
  it.each([
    ['a role in a header', { 'x-role': 'administrator', 'x-latchkey-role': 'administrator' }],
    ['another operator in a header', { 'x-operator': 'token', 'x-forwarded-user': 'token' }],
    ['another method in a header', { 'x-http-method-override': 'GET', 'x-method-override': 'GET' }],
    ['another path in a header', { 'x-original-url': '/api/v1/me', 'x-rewrite-url': '/api/v1/me' }],
    ['a hop that drops the guard', { connection: 'close, x-latchkey, cookie' }],
  ])('is refused with %s', async (_, headers) => {
    const cookie = `latchkey=${guard.cookie}`;
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const url = new URL(`${desk.gateway.httpUrl}/api/v1/doors`);
      const own = { 'content-type': 'application/json', 'x-latchkey': '1', cookie };
      const sent = request(url, { method: 'POST', headers: { ...own, ...headers } });
      sent.once('response', (response) => resolve(response.resume().statusCode));
      sent.once('error', reject);
      sent.end(JSON.stringify({ id: 'smuggled', name: 'Smuggled' }));
    });
    expect(answer).toBe(403);
    expect(await doorOf('smuggled')).toBe(404);
  });

  it.each([
    [
      'a role in the body',
      { role: 'administrator', by: 'token', operator: { role: 'administrator' } },
    ],
    [
      'a role in the prototype',
      JSON.parse('{"__proto__":{"role":"administrator","isAdmin":true}}'),
    ],
    ['a role in the constructor', { constructor: { prototype: { role: 'administrator' } } }],
  ])('is refused with %s, and is a guard afterwards', async (_, more) => {
    const body = { id: 'smuggled', name: 'Smuggled', ...more };
    expect(await guard.ask('POST', '/doors', body)).toMatchObject({
      status: 403,
      json: { code: 'LK-AUTH-004' },
    });
    expect((await guard.ask('GET', '/me')).json['operator']).toMatchObject({ role: 'guard' });
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });

  it('is refused with two cookies, two tokens, or a role given twice', async () => {
    const host = 'Host: localhost';
    const own = [host, 'X-Latchkey: 1', 'Content-Type: application/json', 'Connection: close'];
    const cookie = `Cookie: latchkey=${guard.cookie}`;
    const body = '{"id":"smuggled","name":"Smuggled","role":"guard","role":"administrator"}';
    const post = ['POST /api/v1/doors HTTP/1.1', ...own, `Content-Length: ${body.length}`];
    expect(await bare([...post, cookie], body)).toBe(403);
    expect(await bare([...post, `${cookie}; latchkey=administrator`], body)).toBeGreaterThan(400);
    expect(await bare([...post, cookie, 'Authorization: Bearer lko_guessed'], body)).toBe(401);
    expect(await doorOf('smuggled')).toBe(404);
  });

  it.each([
    ['two lengths', ['Content-Length: 4', 'Content-Length: 60']],
    ['a length and chunks', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
    [
      'chunks that are spelled oddly',
      ['Transfer-Encoding: xchunked', 'Transfer-Encoding : chunked'],
    ],
  ])('hides no second request behind %s', async (_, lengths) => {
    const head = ['POST /api/v1/sign-out HTTP/1.1', 'Host: localhost', 'X-Latchkey: 1', ...lengths];
    const hidden = `0\r\n\r\nPOST /api/v1/doors HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${desk.token}\r\n\r\n`;
    expect(await bare(head, hidden)).toBe(400);
  });
});

it('a cookie that was planted before signing in is not the one that is signed in', async () => {
  const planted = 'A'.repeat(43);
  const victim = new Browser(desk);
  victim.cookie = planted;
  await newOperator(desk, 'victim', 'auditor');
  expect((await victim.signIn('victim')).status).toBe(200);
  expect(victim.cookie).not.toBe(planted);
  const thief = new Browser(desk);
  thief.cookie = planted;
  expect((await thief.ask('GET', '/me')).status).toBe(401);
  // Nor does one session become another's: each sign-in has its own.
  const first = victim.cookie;
  expect((await victim.signIn('victim')).status).toBe(200);
  expect(victim.cookie).not.toBe(first);
});

it('an unknown name takes as long to be refused as a known one', async () => {
  const fastest = { known: Infinity, unknown: Infinity };
  for (let round = 0; round < 6; round += 1) {
    await newOperator(desk, `timed-${round}`, 'guard');
    for (const [which, name] of [
      ['known', `timed-${round}`],
      ['unknown', `nobody-${round}`],
    ] as const) {
      const begun = performance.now();
      const { status } = await new Browser(desk).signIn(name, 'wrong horse battery');
      expect(status).toBe(401);
      fastest[which] = Math.min(fastest[which], performance.now() - begun);
    }
  }
  // Of several tries the fastest is what load disturbs least; without a hash to compare, a tenth.
  const ratio = fastest.unknown / fastest.known;
  expect(ratio).toBeGreaterThan(1 / 3);
  expect(ratio).toBeLessThan(3);
});

it('a person’s address, id or name is told to nobody who is not signed in, whether it is there or not', async () => {
  await desk.ask('POST', '/people', { id: 'p1', name: 'Asha Rao', email: 'asha@campus.example' });
  const stranger = { authorization: '' };
  const ask = async (path: string) => {
    const { status, json } = await desk.ask('GET', path, undefined, stranger);
    return { status, json: { ...json, correlationId: '' } };
  };
  const there = await ask('/people/p1');
  for (const path of [
    '/people/p2',
    '/people?q=asha',
    '/people/p1/entries',
    '/operators/guarding',
  ]) {
    expect(await ask(path)).toEqual(there);
  }
});
