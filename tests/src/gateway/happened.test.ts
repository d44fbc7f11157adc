// Real: broker (killed and brought back), registry with its file store, two gateways over HTTP.
import { createHash } from 'node:crypto';
import {
  acknowledgement,
  buckets,
  type CloudEvent,
  personDeleted,
  doorPresence,
  doorDisplay,
  presenceKey,
} from '@latchkey/contracts';
import { openBucket, publishEvent } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Answer, FrontDesk } from './front-desk.fixture.js';
import { alarm, begin, enter, turnAway } from './doings.fixture.js';

const WAIT_MS = 45_000;

interface Alert {
  readonly id: string;
  readonly kind: string;
  readonly acknowledged: { readonly by: string; readonly note: string | null } | null;
}

describe('what happened', () => {
  let desk: FrontDesk;

  beforeAll(async () => {
    desk = await FrontDesk.open();
    await desk.ask('POST', '/doors', { id: 'north', name: 'North' });
    await enter(desk, { person: 's1' });
    await enter(desk, { door: 'south', person: 's2' });
    await turnAway(desk);
    await known(await begin(desk));
    // Each stream is read by itself.
    await vi.waitUntil(
      async () => typesOf(await newest()).includes('lk.v1.registry.door.created'),
      WAIT_MS,
    );
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  const idsOf = ({ json }: Answer) => (json['events'] as CloudEvent[]).map(({ id }) => id);
  const typesOf = ({ json }: Answer) => (json['events'] as CloudEvent[]).map(({ type }) => type);
  const alertsOf = ({ json }: Answer) => json['alerts'] as Alert[];
  const newest = (query = '') => desk.ask('GET', `/events?order=newest${query}`);

  /** An alert's key in the bucket. */
  const keyOf = (id: string) => createHash('sha256').update(id).digest('base64url');

  /** Resolves once an event is in the history. */
  async function known(id: string): Promise<void> {
    await vi.waitFor(async () => expect(idsOf(await newest())).toContain(id), WAIT_MS);
  }

  it('is told the newest first, and goes on where a page ends', async () => {
    const forward = await desk.ask('GET', '/events?limit=500');
    const whole = idsOf(await newest('&limit=500'));
    expect(whole).toEqual(idsOf(forward).toReversed());
    const seen: string[] = [];
    for (let cursor = '', more = true; more; ) {
      const page = await newest(`&limit=2${cursor}`);
      seen.push(...idsOf(page));
      cursor = `&cursor=${String(page.json['next'])}`;
      more = page.json['more'] === true;
    }
    expect(seen).toEqual(whole);
  });

  it('is found by door, type, person and time', async () => {
    const south = await newest('&door=south&type=access.granted');
    expect(south.json['events']).toMatchObject([{ data: { door: 'south', person: 's2' } }]);
    const entries = await desk.ask('GET', '/events?person=s1');
    expect(entries.json['events']).toMatchObject([{ type: 'lk.v1.access.granted' }]);
    expect(idsOf(await newest(`&until=${Date.now() - 3_600_000}`))).toEqual([]);
    expect(await newest('&cursor=1-2-3')).toMatchObject({
      status: 400,
      json: { code: 'LK-REQ-001', faults: [{ field: 'query.cursor' }] },
    });
  });

  it('is the same, cursors and all, in another gateway that reads the streams anew', async () => {
    const here = await newest('&limit=3');
    await using other = await desk.another('other');
    await other.ready();
    const ask = async (query: string) => {
      const answer = await fetch(`${other.httpUrl}/api/v1/events?order=newest${query}`, {
        headers: { authorization: `Bearer ${desk.token}` },
      });
      return await answer.json();
    };
    expect(await ask('&limit=3')).toEqual(here.json);
    const cursor = `&cursor=${String(here.json['next'])}`;
    expect(await ask(cursor)).toEqual((await newest(cursor)).json);
  });

  it('has an alert for a visitor and for an alarm; the first to see to it counts', async () => {
    const id = await alarm(desk);
    await known(id);
    const all = await desk.ask('GET', '/alerts');
    expect(alertsOf(all).map(({ kind }) => kind)).toEqual(['alarm', 'visitor']);
    expect(all.json).toMatchObject({ open: 2, next: null });
    const path = `/alerts/${encodeURIComponent(id)}/acknowledge`;
    expect(await desk.ask('POST', path, { note: 'a twin' })).toMatchObject({
      status: 200,
      json: {
        id,
        door: 'north',
        person: 's1',
        reason: 'mismatch',
        acknowledged: { note: 'a twin' },
      },
    });
    expect(await desk.ask('POST', path)).toMatchObject({ status: 200 });
    const open = await desk.ask('GET', '/alerts?state=open');
    expect(alertsOf(open).map(({ kind }) => kind)).toEqual(['visitor']);
    expect(open.json['open']).toBe(1);
    expect(await desk.ask('POST', '/alerts/nobody/acknowledge')).toMatchObject({
      status: 404,
      json: { code: 'LK-ALR-001' },
    });
  });

  it('keeps of a person who is forgotten nothing but the id, also beside an alert', async () => {
    const id = await alarm(desk, { person: 's88' });
    await known(id);
    await desk.ask('POST', `/alerts/${id}/acknowledge`, { note: 'Asha and her twin' });
    const data = { person: 's88', at: 1, receipt: 'R-1' };
    const facts = { id: 'forgotten', correlationId: 'c', data };
    await publishEvent(desk.gateway.bus, personDeleted, {}, facts);
    await known('forgotten');
    const bucket = await openBucket(desk.gateway.bus, buckets.acknowledged, acknowledgement);
    await vi.waitFor(async () => {
      expect((await bucket.get(keyOf(id)))?.value).toMatchObject({ alert: id, note: null });
    }, WAIT_MS);
    await vi.waitFor(async () => {
      const all = alertsOf(await desk.ask('GET', '/alerts'));
      expect(all.find((one) => one.id === id)).toMatchObject({
        person: 's88',
        acknowledged: { by: 'token', note: null },
      });
    }, WAIT_MS);
  });

  it('tells the second operator who was first, and changes nothing', async () => {
    const id = await alarm(desk);
    await known(id);
    // As a gateway does for another operator.
    const bucket = await openBucket(desk.gateway.bus, buckets.acknowledged, acknowledgement);
    await bucket.create(keyOf(id), {
      alert: id,
      by: 'guard-anna',
      at: Date.now(),
      note: null,
      person: null,
    });
    const second = await desk.ask('POST', `/alerts/${id}/acknowledge`, { note: 'mine' });
    expect(second).toMatchObject({ status: 409, json: { code: 'LK-ALR-002' } });
    expect(second.json['detail']).toContain('guard-anna');
    const all = alertsOf(await desk.ask('GET', '/alerts'));
    expect(all.find((one) => one.id === id)?.acknowledged).toMatchObject({ by: 'guard-anna' });
  });

  it('is counted, and a taken-away door keeps its history', async () => {
    await desk.ask('POST', '/doors', { id: 'east', name: 'East' });
    const now = Date.now();
    for (const tookMs of [2_000, 3_000, 9_000]) {
      await enter(desk, { door: 'east', startedAt: now, endedAt: now + tookMs });
    }
    const refused = await turnAway(desk, { door: 'east' });
    await desk.ask('DELETE', '/doors/east');
    await known(`${refused}:outcome`);
    const { json } = await desk.ask('GET', '/insights?door=east');
    const hours = json['hours'] as { granted: number; denied: number }[];
    // The hour may end while it happens.
    expect(hours.reduce((sum, { granted, denied }) => sum + 10 * granted + denied, 0)).toBe(31);
    expect(json).toMatchObject({
      outcomes: [
        { outcome: 'granted', reason: '', count: 3 },
        { outcome: 'denied', reason: 'unknown', count: 1 },
      ],
      timeToOpenMs: {
        count: 3,
        median: 3_000,
        p95: 9_000,
        seconds: [2, 3, 9].map((seconds) => ({ seconds, count: 1 })),
      },
      livenessRefusals: 0,
    });
    const tooLong = await desk.ask('GET', '/insights?from=2026-01-01T00:00:00Z');
    expect(tooLong).toMatchObject({
      status: 400,
      json: { code: 'LK-REQ-001', faults: [{ field: 'query.from' }] },
    });
  });

  it('of one person is listed, the newest first, page by page', async () => {
    const mine = { person: 's77' };
    const first = await enter(desk, mine);
    const second = await enter(desk, { ...mine, door: 'south' });
    await known(`${second}:outcome`);
    const page = await desk.ask('GET', '/people/s77/entries?limit=1');
    expect(idsOf(page)).toEqual([`${second}:outcome`]);
    const path = `/people/s77/entries?limit=1&cursor=${String(page.json['next'])}`;
    const last = await desk.ask('GET', path);
    expect([idsOf(last), last.json['next']]).toEqual([[`${first}:outcome`], null]);
  });

  it('shows all doors at a glance', async () => {
    const { bus } = desk.gateway;
    const presence = await openBucket(bus, buckets.presence, doorPresence);
    const there = { door: 'north', capture: 'edge', kiosks: 1, cameras: 2, at: Date.now() };
    await presence.put(presenceKey(there), there);
    const display = await openBucket(bus, buckets.display, doorDisplay);
    const shown = {
      door: 'north',
      attempt: null,
      phase: 'idle',
      name: null,
      language: null,
      reason: null,
      hint: null,
      deadline: null,
      remaining: null,
      lockedUntil: null,
      newCodeSent: false,
      sentence: 'Look at the camera',
      at: Date.now(),
    } as const;
    await display.put('north', shown);
    await desk.ask('POST', '/doors', { id: 'west', name: 'West' });
    const last = await alarm(desk);
    await known(last);
    const overview = async () => (await desk.ask('GET', '/doors/overview')).json['doors'];
    await vi.waitFor(async () => {
      expect(await overview()).toMatchObject([{ online: true }, {}]);
    }, WAIT_MS);
    expect(await overview()).toMatchObject([
      {
        id: 'north',
        name: 'North',
        display: shown,
        online: true,
        kiosks: 1,
        cameras: 2,
        last: { id: last, type: 'lk.v1.alarm.mismatch', person: 's1', reason: 'mismatch' },
      },
      { id: 'west', display: null, online: false, kiosks: 0, last: null },
    ]);
    expect(await desk.ask('POST', '/doors', { id: 'overview', name: 'x' })).toMatchObject({
      status: 422,
      json: { code: 'LK-DOR-001' },
    });
  });

  it('can be read while the broker is away, and goes on by itself when it is back', async () => {
    await desk.broker.kill('SIGKILL');
    expect(await newest()).toMatchObject({ status: 200 });
    await desk.broker.restart();
    const id = await vi.waitFor(() => begin(desk), WAIT_MS);
    await known(id);
    const all = idsOf(await newest('&limit=500'));
    expect(new Set(all).size).toBe(all.length);
  });
});
