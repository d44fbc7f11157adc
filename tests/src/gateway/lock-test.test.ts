// Real: broker, registry with its file store, gateway over HTTP. The test plays a lock's relay.
import { doorOpen } from '@latchkey/contracts';
import { subscribeEvents } from '@latchkey/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Browser, newOperator } from './browser.fixture.js';
import { FrontDesk } from './front-desk.fixture.js';

let desk: FrontDesk;
let admin: Browser;
const opened: unknown[] = [];

beforeAll(async () => {
  desk = await FrontDesk.open();
  admin = await newOperator(desk, 'ines', 'administrator');
  await desk.ask('POST', '/doors', { id: 'north', name: 'Library, north' });
  subscribeEvents(desk.gateway.bus, doorOpen, {}, ({ data }) => void opened.push(data));
  await desk.gateway.bus.nc.flush();
});
afterAll(async () => {
  await desk?.[Symbol.asyncDispose]();
});

const order = { name: 'Library, north', reason: 'a new strike' };

it('a lock is not tested by the token, under another name, or without a reason', async () => {
  const answers = [
    await desk.ask('POST', '/doors/north/lock-test', order),
    await admin.ask('POST', '/doors/north/lock-test', { ...order, name: 'Library' }),
    await admin.ask('POST', '/doors/north/lock-test', { ...order, reason: ' ' }),
  ];
  expect(answers.map(({ status, json }) => [status, json['code']])).toEqual([
    [403, 'LK-DOR-006'],
    [422, 'LK-DOR-007'],
    [422, 'LK-DOR-001'],
  ]);
  expect(opened).toEqual([]);
});

it('an administrator tests it, once in ten seconds, and it is seen who did and why', async () => {
  const { status, json } = await admin.ask('POST', '/doors/north/lock-test', order);
  expect([status, json['sent']]).toEqual([200, true]);
  await desk.gateway.bus.nc.flush();
  expect(opened).toEqual([expect.objectContaining({ door: 'north', operator: 'ines' })]);
  const again = await admin.ask('POST', '/doors/north/lock-test', order);
  expect([again.status, again.json['code']]).toEqual([429, 'LK-DOR-005']);
  expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(0);
  const audit = await admin.ask('GET', '/audit?action=door.lock-tested');
  expect(audit.json['entries']).toMatchObject([
    { by: 'ines', door: 'north', detail: 'a new strike' },
  ]);
  const events = await admin.ask('GET', '/events?type=lk.v1.registry.door.lock-tested');
  expect(events.json['events']).toMatchObject([{ data: { door: 'north', operator: 'ines' } }]);
});
