// Real: broker, registry with its file store, the gateway over HTTP, its logs.
import { createLogger } from '@latchkey/runtime';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FrontDesk } from '../gateway/front-desk.fixture.js';

const logged: string[] = [];
let desk: FrontDesk;
beforeAll(async () => {
  const destination = { write: (line: string) => void logged.push(line) };
  const logger = createLogger({ service: 'test', instance: 'test', level: 'trace', destination });
  desk = await FrontDesk.open({ overrides: { logger } });
});
afterAll(() => desk?.[Symbol.asyncDispose]());

/** The whole answer to a request as it is written. */
async function bare(lines: readonly string[]): Promise<string> {
  const url = new URL(desk.gateway.httpUrl ?? '');
  const socket = connect(Number(url.port), url.hostname);
  socket.write(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`);
  let said = '';
  for await (const chunk of socket) said += String(chunk);
  return said;
}

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'])(
  'the name %s is nobody’s: no person, no door, no operator, and no right',
  async (name) => {
    for (const path of [
      `/people/${name}`,
      `/doors/${name}`,
      `/operators/${name}`,
      `/alerts/${name}`,
    ]) {
      const { status } = await desk.ask('GET', path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    const polluting = new TextEncoder().encode(
      `{"id":"polluted","name":"P","${name}":{"polluted":true},"settings":{"${name}":{"polluted":true}}}`,
    );
    await desk.ask('POST', '/doors', polluting, { 'content-type': 'application/json' });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    await desk.ask('DELETE', '/doors/polluted');
  },
);

it.each([
  '/evidence/..%2f..%2f..%2fetc%2fpasswd',
  '/evidence/%2e%2e/%2e%2e/keys/master.key',
  '/people/..%2f..%2f..%2fetc%2fpasswd',
  '/inbox/..%5c..%5c..%5cetc%5cpasswd',
  '/doors/..%00%2f/picture',
])('the path %s leads to no file', async (path) => {
  const answer = await bare([
    `GET /api/v1${path} HTTP/1.1`,
    'Host: x',
    `Authorization: Bearer ${desk.token}`,
  ]);
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect(answer).not.toMatch(/root:|PRIVATE|SX[A-Z2-7]{20}/);
});

it('a line’s end in a path, a name or a header adds no header to an answer and no line to a log', async () => {
  const before = logged.length;
  const forged = '%0d%0aSet-Cookie:%20latchkey=planted%0d%0a%0d%0a{"level":"error","msg":"forged"}';
  const token = `Authorization: Bearer ${desk.token}`;
  const answers = [
    await bare([`GET /api/v1/people/${forged} HTTP/1.1`, 'Host: x', token]),
    await bare([`GET /api/v1/nowhere?x=${forged} HTTP/1.1`, 'Host: x', token]),
    await bare([
      'GET /api/v1/nowhere HTTP/1.1',
      'Host: x',
      token,
      'X-Correlation-Id: a\rb\u0001{"forged":1}',
    ]),
    await bare(['GET /api/v1/nowhere HTTP/1.1', 'Host: x', token, `X-Correlation-Id: ${forged}`]),
  ];
  for (const answer of answers) {
    const [head = ''] = answer.split('\r\n\r\n');
    expect(head).not.toMatch(/set-cookie/i);
    expect(head).toMatch(/^HTTP\/1\.1 4\d\d /);
  }
  const name = 'Asha\n{"level":"error","msg":"forged"}';
  expect((await desk.ask('POST', '/doors', { id: 'lines', name })).status).toBeGreaterThanOrEqual(
    400,
  );
  for (const line of logged.slice(before)) {
    expect(line.trimEnd()).not.toMatch(/[\r\n]/);
    expect(JSON.parse(line)).not.toMatchObject({ msg: 'forged' });
  }
});
