// Real: broker, registry with its file store, gateway over HTTP.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newOperator } from '../gateway/browser.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';

let desk: FrontDesk;
beforeAll(async () => {
  desk = await FrontDesk.open();
});
afterAll(async () => {
  await desk?.[Symbol.asyncDispose]();
});

it.each([
  ['*/*', 'anything'],
  ['text/event-stream, */*', 'events-or-anything'],
])('a live stream ends with its session, though it was asked for as %s', async (accept, what) => {
  const browser = await newOperator(desk, what, 'guard');
  const live = await browser.fetch('GET', '/events/live', undefined, { accept });
  expect(live.status).toBe(200);
  await desk.ask('DELETE', `/operators/${what}`);
  await expect(live.text()).rejects.toThrow(/terminated/);
});
