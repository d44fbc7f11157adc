// Real: broker, registry with its file store, gateway over HTTP.
import { buckets, doorDisplay, doorPresence, presenceKey } from '@latchkey/contracts';
import { openBucket } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { enrolAt } from './enrolled.fixture.js';
import { FrontDesk } from './front-desk.fixture.js';

/** What a capture told ages out after 30 s. */
const WAIT_MS = 25_000;

describe('doors over REST', () => {
  let desk: FrontDesk;

  beforeAll(async () => {
    desk = await FrontDesk.open();
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  it('says where nobody would be mailed, until somebody is there to hear', async () => {
    const door = { id: 'gate', name: 'Gate', audience: 'group', group: 'staff' };
    await desk.ask('POST', '/doors', door);
    const gate = { door: 'gate', strangers: false };
    expect((await desk.ask('GET', '/reach')).json).toEqual({ alarms: false, doors: [gate] });
    const groups = ['staff'];
    const person = { id: 's1', name: 'Asha', email: 'asha@example.org', guard: true, groups };
    await enrolAt(desk, person);
    const heard = { alarms: true, doors: [{ ...gate, strangers: true }] };
    expect((await desk.ask('GET', '/reach')).json).toEqual(heard);
    await desk.ask('POST', '/people/s1/suspend');
    expect((await desk.ask('GET', '/reach')).json).toEqual({ alarms: false, doors: [gate] });
    await desk.ask('DELETE', '/doors/gate');
  });

  it('shows a kiosk token once, and a new one makes the last void', async () => {
    const made = await desk.ask('POST', '/doors', { id: 'library-north', name: 'Library, north' });
    expect(made).toMatchObject({
      status: 201,
      json: { id: 'library-north', codeWaitS: 30, version: 1 },
    });
    expect(made.headers.get('cache-control')).toBe('no-store');
    const token = String(made.json['kioskToken']);
    expect(token.length).toBeGreaterThan(40);
    const read = await desk.ask('GET', '/doors/library-north');
    expect(read.json).not.toHaveProperty('kioskToken');
    expect(read.json).toMatchObject({ hasKiosk: true });
    const renewed = await desk.ask('POST', '/doors/library-north/kiosk-token');
    expect(renewed.status).toBe(201);
    expect(renewed.json['kioskToken']).not.toBe(token);
  });

  it('tells the second of two operators who change the same door', async () => {
    const { json, headers } = await desk.ask('GET', '/doors/library-north');
    const etag = headers.get('etag') ?? '';
    expect(etag).toBe(`"${String(json['version'])}"`);
    const change = (name: string, match: string) =>
      desk.ask(
        'PUT',
        '/doors/library-north',
        { name, codeWaitS: 20, matchThreshold: 0.5 },
        { 'if-match': match },
      );
    expect(await change('First', etag)).toMatchObject({
      status: 200,
      json: { name: 'First', codeWaitS: 20, matchThreshold: 0.5 },
    });
    expect(await change('Second', etag)).toMatchObject({
      status: 412,
      json: { code: 'LK-STO-002' },
    });
    expect(await desk.ask('PUT', '/doors/library-north', { name: 'x' })).toMatchObject({
      status: 400,
      json: { code: 'LK-REQ-001', faults: [{ field: 'headers.if-match' }] },
    });
    expect((await desk.ask('GET', '/doors/library-north')).json['name']).toBe('First');
  });

  it.each([
    ['an id with a capital', { id: 'North', name: 'x' }, 422, 'LK-DOR-001'],
    ['an id with a dot', { id: 'a.b', name: 'x' }, 422, 'LK-DOR-001'],
    ['a name with a line break', { id: 'ok', name: 'a\nb' }, 422, 'LK-DOR-001'],
    ['a wait beyond its range', { id: 'ok', name: 'a', codeWaitS: 500 }, 422, 'LK-DOR-001'],
    [
      'a face less alike than any gallery asks',
      { id: 'ok', name: 'a', matchThreshold: 0.4 },
      422,
      'LK-DOR-001',
    ],
    ['an id that is taken', { id: 'library-north', name: 'x' }, 409, 'LK-DOR-002'],
  ])('refuses a door with %s', async (_, body, status, code) => {
    expect(await desk.ask('POST', '/doors', body)).toMatchObject({ status, json: { code } });
    expect((await desk.ask('GET', '/doors')).json['doors']).toHaveLength(1);
  });

  it('tells what a door shows, what has shown nothing yet, and what is not there', async () => {
    expect(await desk.ask('GET', '/doors/library-north/display')).toMatchObject({
      status: 200,
      json: { door: 'library-north', display: null, kiosks: 0, cameras: 0 },
    });
    const displays = await openBucket(desk.gateway.bus, buckets.display, doorDisplay);
    const shown = {
      door: 'library-north',
      attempt: null,
      phase: 'idle' as const,
      name: null,
      language: null,
      reason: null,
      hint: null,
      deadline: null,
      remaining: null,
      lockedUntil: null,
      newCodeSent: false,
      sentence: 'Look at the camera.',
      at: 1_790_000_000_000,
    };
    await displays.put('library-north', shown);
    expect((await desk.ask('GET', '/doors/library-north/display')).json['display']).toEqual(shown);
    const presences = await openBucket(desk.gateway.bus, buckets.presence, doorPresence);
    const at = desk.gateway.bus.nowMs();
    const tell = (capture: string, facts: { kiosks: number; cameras: number; at: number }) =>
      presences.put(presenceKey({ door: 'library-north', capture }), {
        door: 'library-north',
        capture,
        ...facts,
      });
    // Two captures have a camera each; what a third told has aged out.
    await tell('edge-3.local', { kiosks: 4, cameras: 4, at: at - 31_000 });
    await tell('edge-1.local', { kiosks: 1, cameras: 1, at });
    await tell('edge-2.local', { kiosks: 0, cameras: 1, at });
    const connected = async () => (await desk.ask('GET', '/doors/library-north/display')).json;
    await vi.waitFor(async () => {
      expect(await connected()).toMatchObject({ kiosks: 1, cameras: 2 });
    }, WAIT_MS);
    expect((await desk.ask('GET', '/status')).json['connected']).toEqual([
      { door: 'library-north', capture: 'edge-1.local', kiosks: 1, cameras: 1, at },
      { door: 'library-north', capture: 'edge-2.local', kiosks: 0, cameras: 1, at },
    ]);
    await presences.delete(presenceKey({ door: 'library-north', capture: 'edge-1.local' }));
    await vi.waitFor(async () => {
      expect(await connected()).toMatchObject({ kiosks: 0, cameras: 1 });
    }, WAIT_MS);
    expect(await desk.ask('GET', '/doors/nowhere/display')).toMatchObject({
      status: 404,
      json: { code: 'LK-DOR-003' },
    });
  });

  it('takes a door away', async () => {
    expect((await desk.ask('DELETE', '/doors/library-north')).status).toBe(204);
    expect(await desk.ask('GET', '/doors/library-north')).toMatchObject({
      status: 404,
      json: { code: 'LK-DOR-003' },
    });
  });
});
