// Real: broker, registry, gateway over HTTP; pages as a build of the console lays them out.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FrontDesk } from './front-desk.fixture.js';

describe('the console’s pages', () => {
  let folder: string;
  let desk: FrontDesk;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latchkey-console-'));
    const pages = join(folder, 'console');
    await mkdir(join(pages, 'assets'), { recursive: true });
    await writeFile(join(pages, 'index.html'), '<!doctype html><title>Latchkey</title>');
    await writeFile(join(pages, 'assets', 'index-C4QXhKwC.js'), `export {};${'\n'.repeat(2_000)}`);
    await writeFile(join(pages, 'assets', 'app-D6a2p6Kl.webmanifest'), '{}');
    await writeFile(join(pages, '.hidden'), 'nobody’s business');
    await writeFile(join(folder, 'secret.txt'), 'nobody’s business');
    desk = await FrontDesk.open({ env: { LK_CONSOLE_DIR: pages } });
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });
  const get = (path: string, init: RequestInit = {}) =>
    fetch(`${desk.gateway.httpUrl}${path}`, init);

  it('come to anyone, asked for anew each time, and run nothing but their own', async () => {
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch('text/html');
    expect(page.headers.get('cache-control')).toBe('no-store');
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' blob: data:",
      "connect-src 'self'",
      "frame-src 'self'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy.split('; ')).toContain(rule);
    }
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('permissions-policy')).toContain('camera=(self)');
    expect(await page.text()).toContain('Latchkey');
  });

  it('keep for ever what has its hash in its name', async () => {
    const script = await get('/assets/index-C4QXhKwC.js');
    expect(script.status).toBe(200);
    expect(script.headers.get('content-type')).toMatch('text/javascript');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(script.headers.get('content-encoding')).toMatch(/^(gzip|br)$/);
    expect((await get('/')).headers.get('content-encoding')).toBeNull();
  });

  it('can be kept on a device as an app', async () => {
    const manifest = await get('/assets/app-D6a2p6Kl.webmanifest');
    expect(manifest.headers.get('content-type')).toMatch('application/manifest+json');
    expect((await get('/')).headers.get('content-security-policy')).toContain(
      "manifest-src 'self'",
    );
  });

  it.each([
    '/.hidden',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/',
    '/assets/gone-C4QXhKwC.js',
    '/api/v1/people',
  ])('are nothing but themselves: %s is shut', async (path) => {
    expect((await get(path)).status).toBe(401);
  });

  it('are for reading', async () => {
    expect((await get('/', { method: 'HEAD' })).status).toBe(200);
    expect((await get('/', { method: 'POST' })).status).toBe(401);
  });

  it('say what to do where they are not built', async () => {
    await using bare = await FrontDesk.open({ env: { LK_CONSOLE_DIR: join(folder, 'nowhere') } });
    const page = await fetch(`${bare.gateway.httpUrl}/`);
    expect(page.status).toBe(503);
    expect(await page.text()).toMatch(/not built: run `npm run build`/);
  });
});
