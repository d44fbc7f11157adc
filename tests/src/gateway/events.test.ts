// Real: broker, registry with its file store, gateway over HTTP, seals.
import { randomUUID } from 'node:crypto';
import {
  accessAbandoned,
  accessStarted,
  alarmMismatch,
  type CloudEvent,
  objectStores,
  personDeleted,
} from '@latchkey/contracts';
import { LIVE_LIMITS } from '@latchkey/gateway';
import { loadPublicKey, openObjects, publishEvent, sealBytes } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { FrontDesk } from './front-desk.fixture.js';
import { readBlock, readLive } from './live-reader.fixture.js';
import { UnreadLine } from './unread-line.fixture.js';

describe('events over REST', () => {
  let desk: FrontDesk;

  beforeAll(async () => {
    desk = await FrontDesk.open();
    await desk.ask('POST', '/doors', { id: 'north', name: 'North' });
    await happen('north');
    await happen('south');
    await waitForType('lk.v1.registry.door.created');
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  /** An attempt that begins, alarms and ends at a door. */
  async function happen(door: string): Promise<string> {
    const attempt = randomUUID();
    const data = { attempt, door, camera: 'main', at: Date.now() };
    const { bus } = desk.gateway;
    const facts = (id: string) => ({ id: `${attempt}:${id}`, correlationId: attempt });
    await publishEvent(bus, accessStarted, { door }, { ...facts('started'), data });
    await publishEvent(
      bus,
      alarmMismatch,
      { door },
      {
        ...facts('alarm'),
        data: { ...data, person: 's1', evidence: null, by: 'code' },
      },
    );
    await publishEvent(
      bus,
      accessAbandoned,
      { door },
      {
        ...facts('outcome'),
        data: { ...data, person: null, how: 'left' },
      },
    );
    return attempt;
  }

  async function waitForType(type: string): Promise<void> {
    await vi.waitFor(async () => {
      expect((await list('')).map((event) => event.type)).toContain(type);
    }, 45_000);
  }

  async function list(query: string): Promise<CloudEvent[]> {
    return (await desk.ask('GET', `/events${query}`)).json['events'] as CloudEvent[];
  }

  it('lists all three streams by time, as CloudEvents', async () => {
    const events = await list('');
    expect(events.every((event) => event.specversion === '1.0')).toBe(true);
    const atSouth = events.filter((event) => (event.data as { door?: string }).door === 'south');
    expect(atSouth.map(({ type }) => type)).toEqual([
      accessStarted.type,
      alarmMismatch.type,
      accessAbandoned.type,
    ]);
    expect(events.map(({ type }) => type)).toContain('lk.v1.registry.door.created');
  });

  it('filters by door and by type, short or in full', async () => {
    const north = await list('?door=north');
    expect(new Set(north.map(({ data }) => (data as { door: string }).door))).toEqual(
      new Set(['north']),
    );
    expect(north.map(({ type }) => type)).toContain('lk.v1.registry.door.created');
    expect(north).toHaveLength(4);
    expect(await list('?type=alarm.mismatch,lk.v1.access.started')).toHaveLength(4);
    expect(await list('?type=alarm.mismatch&type=access.started&door=south')).toHaveLength(2);
    expect(await list(`?since=${Date.now() + 60_000}`)).toEqual([]);
  });

  it('pages so that each event comes once, in the same order', async () => {
    const whole = (await list('')).map(({ id }) => id);
    for (const limit of [1, 2, 3]) {
      const seen: string[] = [];
      let query = `?limit=${limit}`;
      for (let more = true; more; ) {
        const { json } = await desk.ask('GET', `/events${query}`);
        seen.push(...(json['events'] as CloudEvent[]).map(({ id }) => id));
        query = `?limit=${limit}&cursor=${String(json['next'])}`;
        more = json['more'] === true;
      }
      expect(seen).toEqual(whole);
      const attempt = await happen('north');
      const { json } = await desk.ask('GET', `/events${query.replace(/limit=\d/, 'limit=9')}`);
      const fresh = (json['events'] as CloudEvent[]).map(({ id }) => id);
      expect(fresh).toEqual(['started', 'alarm', 'outcome'].map((what) => `${attempt}:${what}`));
      whole.push(...fresh);
    }
  });

  it.each([
    ['?type=access.nonsense', 'LK-REQ-001', 400],
    ['?since=yesterday', 'LK-REQ-001', 400],
    ['?limit=5000', 'LK-REQ-001', 400],
    ['?cursor=abc', 'LK-REQ-001', 400],
    ['?door=*', 'LK-DOR-001', 422],
    ['?door=a.%3E', 'LK-DOR-001', 422],
  ])('refuses the question %s', async (query, code, status) => {
    expect(await desk.ask('GET', `/events${query}`)).toMatchObject({ status, json: { code } });
  });

  it('refuses to go on live from what is no event', async () => {
    const headers = { 'last-event-id': 'abc' };
    expect(await desk.ask('GET', '/events/live', undefined, headers)).toMatchObject({
      status: 400,
      json: { code: 'LK-REQ-001' },
    });
  });

  it('tells what happens live, and goes on after the last event that was read', async () => {
    const first = await readLive(
      desk,
      '?type=access.started,access.abandoned',
      {},
      {
        began: () => happen('north'),
        until: (messages) => messages.length >= 1,
      },
    );
    expect(first[0]).toMatchObject({ event: accessStarted.type });
    const attempt = await happen('south');
    const lastId = first[0]?.id ?? '';
    const rest = await readLive(
      desk,
      '',
      { 'last-event-id': lastId },
      {
        until: (messages) => messages.some(({ data }) => data.id === `${attempt}:outcome`),
      },
    );
    const ids = rest.map(({ data }) => data.id);
    expect(ids).toHaveLength(new Set(ids).size);
    expect(ids).not.toContain(first[0]?.data.id);
    expect(ids.filter((id) => id.startsWith(attempt))).toHaveLength(3);
    expect(rest.filter(({ event }) => event === accessAbandoned.type)).toHaveLength(2);
  });

  it('tells what happened since a moment, then what is new', async () => {
    const messages = await readLive(
      desk,
      '?door=north&since=0',
      {},
      {
        began: () => happen('north'),
        until: (seen) => seen.filter(({ event }) => event === accessAbandoned.type).length >= 6,
      },
    );
    expect(messages.map(({ event }) => event)).toContain('lk.v1.registry.door.created');
  });

  it('opens a photograph for the operator, and keeps it nowhere on the way', async () => {
    const jpeg = new TextEncoder().encode('pretend JPEG');
    const store = await openObjects(desk.gateway.bus, objectStores.evidence);
    const key = await loadPublicKey(desk.keysDir, 'evidence');
    await store.put('north.1', sealBytes(key, jpeg));
    const answer = await desk.fetch('/evidence/north.1');
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(jpeg);
    expect(await desk.ask('GET', '/evidence/north.2')).toMatchObject({
      status: 404,
      json: { code: 'LK-EVD-001' },
    });
  });
});

describe('live streams have bounds', () => {
  const limits = { clients: 1, buffered: 64, slowMs: 200, beatMs: 50, graceMs: 20_000 };

  /** 1 while the one line that may be open is, else 0. */
  async function openLines(desk: FrontDesk): Promise<0 | 1> {
    const leave = new AbortController();
    const { status } = await desk.fetch('/events/live', { signal: leave.signal });
    leave.abort();
    return status === 503 ? 1 : 0;
  }

  /** An event with a field that today's readers don't know, 20 kB long. */
  const forget = (desk: FrontDesk, id: string) =>
    publishEvent(
      desk.gateway.bus,
      { ...personDeleted, data: z.unknown() },
      {},
      { id, correlationId: 'c', data: { person: 's1', at: 1, note: 'n'.repeat(20_000) } },
    );

  it('refuses one client too many, and keeps a silent line open with beats', async () => {
    await using desk = await FrontDesk.open({
      overrides: { providers: [{ provide: LIVE_LIMITS, useValue: limits }] },
    });
    const leave = new AbortController();
    const line = await desk.fetch('/events/live', { signal: leave.signal });
    expect(await desk.ask('GET', '/events/live')).toMatchObject({
      status: 503,
      json: { code: 'LK-EVT-002' },
    });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of line.body ?? []) {
      text += decoder.decode(chunk as Uint8Array);
      if (text.includes(': beat')) break;
    }
    leave.abort();
    // Once the first has gone there is room again.
    await expect.poll(() => openLines(desk), { timeout: 45_000 }).toBe(0);
  });

  it('cuts a client that does not read, tells it so, and loses nothing for it', async () => {
    await using desk = await FrontDesk.open({
      overrides: { providers: [{ provide: LIVE_LIMITS, useValue: limits }] },
    });
    const line = await UnreadLine.open(desk);
    let sent = 0;
    // As much as fills the buffers at both ends of the connection: some megabytes.
    while ((await openLines(desk)) === 1 && sent < 5_000) {
      const batch = Array.from({ length: 50 }, (_, n) => forget(desk, String(sent + n)));
      await Promise.all(batch);
      sent += batch.length;
    }
    const text = await line.readAll();
    const messages = text.split('\n\n').flatMap(readBlock);
    expect(messages.at(-1)).toMatchObject({ event: 'cut', data: { code: 'LK-EVT-001' } });
    const read = messages.filter(({ event }) => event === personDeleted.type);
    expect(read.map(({ data }) => data.id)).toEqual(read.map((_, n) => `${n}`));
    expect(read.length).toBeLessThan(sent);
    const lastId = read.at(-1)?.id ?? '';
    const headers = { 'last-event-id': lastId };
    const until = (seen: readonly unknown[]) => seen.length > 0;
    // There is room for it once the last line that was asked for is seen to be gone.
    const [next] = await vi.waitFor(() => readLive(desk, '', headers, { until }), 45_000);
    expect(next?.data.id).toBe(String(read.length));
  });
});
