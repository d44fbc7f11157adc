// Real: broker, registry with its file store, gateway over HTTP, the question on the bus.
import { kioskPair } from '@latchkey/contracts';
import { loadPublicKey, request, seal } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FrontDesk } from './front-desk.fixture.js';

describe('a kiosk is paired over REST', () => {
  let desk: FrontDesk;

  beforeAll(async () => {
    desk = await FrontDesk.open();
    await desk.ask('POST', '/doors', { id: 'library-north', name: 'Library, north' });
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  it('by a code that is shown once and lasts ten minutes, and is parted again', async () => {
    const before = Date.now();
    const made = await desk.ask('POST', '/doors/library-north/pairing');
    expect(made).toMatchObject({ status: 201 });
    expect(made.headers.get('cache-control')).toBe('no-store');
    const { code, expiresAt } = made.json as { code: string; expiresAt: string };
    const lastsMs = Date.parse(expiresAt) - before;
    expect(Math.round(lastsMs / 60_000)).toBe(10);
    const key = await loadPublicKey(desk.keysDir, 'registry');
    const asked = seal(key, JSON.stringify({ code, tokenDigest: 'A'.repeat(43) }));
    expect(await request(desk.gateway.bus, kioskPair, asked)).toEqual({
      ok: true,
      door: 'library-north',
      name: 'Library, north',
    });
    expect((await desk.ask('DELETE', '/doors/library-north/kiosk')).status).toBe(204);
    expect((await desk.ask('DELETE', '/doors/library-north/kiosk')).status).toBe(204);
    expect((await desk.ask('GET', '/doors/library-north')).json).toMatchObject({ hasKiosk: false });
  });

  it.each([
    ['POST', '/doors/nowhere/pairing'],
    ['DELETE', '/doors/nowhere/kiosk'],
  ])('refuses %s %s: there is no such door', async (method, path) => {
    expect(await desk.ask(method, path)).toMatchObject({
      status: 404,
      json: { code: 'LK-DOR-003' },
    });
  });
});
