// Real: broker, registry with its file store, gateway over HTTP.
import { randomUUID } from 'node:crypto';
import { accessStarted, alarmNotLive, personDeleted } from '@latchkey/contracts';
import { LIVE_LIMITS } from '@latchkey/gateway';
import { publishEvent } from '@latchkey/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FrontDesk } from './front-desk.fixture.js';
import { readLive } from './live-reader.fixture.js';

const door = 'north';
let desk: FrontDesk;

beforeAll(async () => {
  // Pages of four, so that the past is many pages.
  const limits = { clients: 4, buffered: 4, slowMs: 5_000, beatMs: 1_000, graceMs: 1_000 };
  desk = await FrontDesk.open({
    overrides: { providers: [{ provide: LIVE_LIMITS, useValue: limits }] },
  });
});
afterAll(async () => {
  await desk?.[Symbol.asyncDispose]();
});

/** Stores an event in each of the three streams in turn, several in one stream now and then. @returns their ids */
async function happen(count: number): Promise<string[]> {
  const { bus } = desk.gateway;
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const attempt = randomUUID();
    const facts = { id: attempt, correlationId: attempt };
    const seen = { attempt, door, camera: 'main', at: 1 };
    if (n % 7 < 3) await publishEvent(bus, accessStarted, { door }, { ...facts, data: seen });
    else if (n % 7 < 4) {
      const data = { ...seen, person: null, evidence: null };
      await publishEvent(bus, alarmNotLive, { door }, { ...facts, data });
    } else {
      await publishEvent(bus, personDeleted, {}, { ...facts, data: { ...personDeleted.example } });
    }
    ids.push(attempt);
  }
  return ids;
}

it('tells the past in the order in which it happened, over all streams, then what is new, each once', async () => {
  const past = await happen(60);
  let fresh: string[] = [];
  const messages = await readLive(
    desk,
    '?since=0',
    {},
    {
      began: async () => (fresh = await happen(20)),
      until: (seen) => seen.length >= 80,
    },
  );
  const ids = messages.map(({ data }) => data.id);
  expect(ids.slice(0, past.length)).toEqual(past);
  expect(ids.slice(past.length).toSorted()).toEqual(fresh.toSorted());
});

it('goes on in that order right after any event of the past', async () => {
  const past = await readLive(desk, '?since=0', {}, { until: (seen) => seen.length >= 60 });
  const from = past[20];
  const rest = await readLive(
    desk,
    '',
    { 'last-event-id': from?.id ?? '' },
    { until: (seen) => seen.length >= 39 },
  );
  const ids = (some: typeof past) => some.map(({ data }) => data.id);
  expect(ids(rest).slice(0, 39)).toEqual(ids(past).slice(21, 60));
});
