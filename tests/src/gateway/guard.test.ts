// Real: broker, registry with its file store, gateway over HTTP.
import { readFile, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { initKeys } from '@latchkey/devstack';
import { gateway } from '@latchkey/gateway';
import { createLogger } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FrontDesk } from './front-desk.fixture.js';

describe('the way in', () => {
  let desk: FrontDesk;

  beforeAll(async () => {
    desk = await FrontDesk.open();
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  it.each([
    '/people',
    '/people/',
    '/PEOPLE',
    '/doors/x',
    '/events/live',
    '/nowhere',
    '/docs/',
    '//openapi.json',
    '/%6fpenapi.json',
  ])('is shut at %s without a token', async (path) => {
    const answer = await desk.ask('GET', path, undefined, { authorization: '' });
    expect(answer).toMatchObject({ status: 401, json: { code: 'LK-AUTH-001' } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
  });

  it('is shut outside the API too, however its name is written', async () => {
    for (const path of ['/API/V1/people', '/api/v1/../v1/people', '/nothing.js', '/assets/../x']) {
      expect((await fetch(new URL(path, desk.gateway.httpUrl))).status).toBe(401);
    }
  });

  it('refuses a body of a stranger before it is read', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const url = new URL('/api/v1/people/s1/samples', desk.gateway.httpUrl);
      const sent = request(url, {
        method: 'POST',
        headers: { 'content-type': 'image/jpeg', 'content-length': 10_000_000 },
      });
      sent.once('response', (response) => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.once('error', reject);
      // The first byte of ten million; the answer comes all the same.
      sent.write('x');
    });
    expect(status).toBe(401);
  });

  it('lets the valid token in while failed tries are slowed down', async () => {
    const wrong = { authorization: 'Bearer lko_wrong' };
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      statuses.push((await desk.ask('GET', '/doors', undefined, wrong)).status);
    }
    expect(new Set(statuses.slice(0, 10))).toEqual(new Set([401]));
    const slowed = await desk.ask('GET', '/doors', undefined, wrong);
    expect(slowed).toMatchObject({ status: 429, json: { code: 'LK-AUTH-003' } });
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await desk.ask('GET', '/doors')).toMatchObject({ status: 200 });
  });

  it('keeps of the token a digest alone', async () => {
    const path = join(desk.keysDir, 'operator.sha256');
    expect(await readFile(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('makes a token at the very first start, writes it once where it is told to, and never again', async () => {
    const keysDir = join(desk.folder, 'fresh-keys');
    await initKeys(keysDir);
    const file = join(desk.folder, 'operator.token');
    const config = gateway.readConfig({
      NATS_URL: desk.broker.url,
      LK_KEYS_DIR: keysDir,
      LK_DATA_DIR: keysDir,
      LK_GATEWAY_PORT: '0',
      LK_OPERATOR_TOKEN_FILE: file,
    });
    const logger = createLogger({ service: 'test', instance: 'test', level: 'silent' });
    const texts: string[] = [];
    for (let start = 0; start < 2; start += 1) {
      await using service = await gateway.create(config, { logger });
      texts.push(await readFile(file, 'utf8'));
      const answer = await fetch(`${service.httpUrl}/api/v1/nowhere`, {
        headers: { authorization: `Bearer ${texts[0]?.trim()}` },
      });
      expect(answer.status).toBe(404);
    }
    expect(texts[0]).toMatch(/^lko_[A-Za-z0-9_-]{43}\n$/);
    expect(texts[1]).toBe(texts[0]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('answers every fault as a problem: no page, no such method, no JSON, too much', async () => {
    expect(await desk.ask('GET', '/nowhere')).toMatchObject({
      status: 404,
      json: { code: 'LK-REQ-003', type: '/api/v1/docs#LK-REQ-003', status: 404 },
    });
    const wrongMethod = await desk.ask('POST', '/people/s1');
    expect(wrongMethod).toMatchObject({ status: 405, json: { code: 'LK-REQ-004' } });
    expect(wrongMethod.headers.get('allow')).toBe('GET, PUT, DELETE');
    expect(await desk.ask('POST', '/doors', new TextEncoder().encode('{"id":'))).toMatchObject({
      status: 400,
      json: { code: 'LK-REQ-001' },
    });
    expect(await desk.ask('POST', '/doors', { name: 'x'.repeat(70_000) })).toMatchObject({
      status: 413,
      json: { code: 'LK-REQ-002' },
    });
    expect(await desk.ask('GET', '/people/%E0%A4%A')).toMatchObject({ status: 400 });
  });

  it('names each request, by the caller’s name where there is one', async () => {
    const named = await desk.ask('GET', '/nowhere', undefined, { 'x-correlation-id': 'my-1' });
    expect(named.json['correlationId']).toBe('my-1');
    expect(named.headers.get('x-correlation-id')).toBe('my-1');
    const unnamed = await desk.ask('GET', '/nowhere', undefined, { 'x-correlation-id': 'a b' });
    expect(unnamed.json['correlationId']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says that the registry is away, with the code for it', async () => {
    await using lonely = await gateway.create(
      gateway.readConfig({
        NATS_URL: desk.broker.url,
        LK_KEYS_DIR: desk.keysDir,
        LK_DATA_DIR: join(desk.folder, 'lonely'),
        LK_GATEWAY_PORT: '0',
        LK_REGISTRY_URL: '127.0.0.1:1',
      }),
      { logger: createLogger({ service: 'test', instance: 'test', level: 'silent' }) },
    );
    const answer = await fetch(`${lonely.httpUrl}/api/v1/people`, {
      headers: { authorization: `Bearer ${desk.token}` },
    });
    expect(answer.status).toBe(504);
    expect(await answer.json()).toMatchObject({ code: 'LK-BUS-003' });
  });
});
