// Real: an HTTP server and its client.
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerBrowser } from './answer-browser.js';
import { loadPages } from './kiosk-pages.js';

let dir: string;
let server: Server;
let url: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lk-pages-'));
  const folder = join(dir, 'kiosk');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Kiosk</title>');
  await writeFile(join(folder, 'assets', 'main-abc.js'), 'globalThis.x = 1;\n'.repeat(200));
  await writeFile(join(dir, 'secret.txt'), 'not for browsers');
  await writeFile(join(folder, 'notes.txt'), 'no kind of file that a page needs');
  const pair = async () => undefined;
  server = createServer(answerBrowser({ pages: await loadPages(folder), pair }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(dir, { recursive: true });
});

it('serves the page so that nothing but its own scripts, styles and connections work in it', async () => {
  for (const path of ['/kiosk', '/kiosk/', '/kiosk?x=1']) {
    const answer = await fetch(url + path);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<title>Kiosk');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('permissions-policy')).toContain('camera=(self)');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
  }
});

it('lets a browser keep what is named by its content, and sends it compressed', async () => {
  const asset = await fetch(`${url}/kiosk/assets/main-abc.js`);
  expect(asset.headers.get('content-type')).toContain('text/javascript');
  expect(asset.headers.get('cache-control')).toContain('immutable');
  expect(asset.headers.get('content-encoding')).toBe('gzip');
  expect(await asset.text()).toContain('globalThis.x');
  const etag = (await fetch(`${url}/kiosk`)).headers.get('etag') ?? '';
  const again = await fetch(`${url}/kiosk`, { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
});

it('gives out nothing else, whatever the path', async () => {
  const paths = [
    '/kiosk/../secret.txt',
    '/kiosk/..%2fsecret.txt',
    '/kiosk/%2e%2e/secret.txt',
    '/kiosk//etc/passwd',
    '/kiosk/notes.txt',
    '/secret.txt',
    '/kiosk/__proto__',
  ];
  const statuses: (number | undefined)[] = [];
  for (const path of paths) {
    // Not by fetch(), which would tidy the path first.
    const { port } = new URL(url);
    const asked = request({ host: '127.0.0.1', port, path }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    statuses.push(answer.statusCode);
  }
  expect(statuses).toEqual(paths.map(() => 404));
  expect((await fetch(`${url}/kiosk`, { method: 'DELETE' })).status).toBe(405);
  expect((await fetch(`${url}/kiosk/pair`)).status).toBe(405);
});

it('says how to build the pages where they are not', async () => {
  expect((await loadPages(join(dir, 'nowhere'))).size).toBe(0);
  expect((await loadPages(undefined)).size).toBe(0);
});
