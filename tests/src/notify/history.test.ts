import { consumers } from '@latchkey/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { alarm, deny, enrol, grant, postCode } from './jobs.fixture.js';
import { PostOffice, populate, until } from './post-office.fixture.js';

// Real here: broker, SMTP server with TLS and login, gRPC, keys, notify. The registry is a map.
let office: PostOffice;

beforeEach(async () => {
  office = await PostOffice.open();
  populate(office.registry);
  await office.setDoor('library', { name: 'Library' });
});

afterEach(() => office[Symbol.asyncDispose]());

const subjects = () => office.mail.mails().map(({ subject }) => subject);

it('what happened long ago is told to nobody by a consumer that is new; a code waits for as long as it takes', async () => {
  const AN_HOURS_PART = 1 / 360; // ten seconds
  await grant(office, 'asha');
  await deny(office);
  await enrol(office, 'ben');
  await alarm(office, 'mismatch', 'ben');
  await alarm(office, 'wrong-code', 'ben');
  await alarm(office, 'not-live', null);
  await postCode(office);
  const atMs = office.bus.nowMs();
  await until('that is long ago', () => office.bus.nowMs() > atMs + 10_500);
  const service = await office.startNotify({ LK_NEWS_MAX_AGE_H: String(AN_HOURS_PART) });
  await office.settled();
  expect(subjects()).toEqual(['Your next entry code']);
  const metrics = await service.metrics.registry.metrics();
  expect(metrics).toMatch(/lk_events_total\{event="news.stale",[^}]*\} 6$/m);
  expect(await office.deadLetters()).toEqual([]);

  await grant(office, 'asha');
  await office.settled();
  expect(subjects().toSorted()).toEqual([
    'Asha Rao logged in',
    'Asha Rao logged in',
    'Your next entry code',
  ]);
});

it('what was mailed is not mailed again by a consumer that was lost and is made anew', async () => {
  const service = await office.startNotify();
  await grant(office, 'asha');
  await office.settled();
  await service.close();
  const { stream, durable } = consumers.notifyAccess;
  await office.bus.jsm.consumers.delete(stream, durable);
  await office.startNotify();
  await office.settled();
  expect(office.mail.mails()).toHaveLength(2);
});
