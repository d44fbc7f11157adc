import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { postCode, postCodeAgain } from './jobs.fixture.js';
import { PostOffice, populate } from './post-office.fixture.js';

// Real here: broker, SMTP server with TLS and login, gRPC, keys, two notify replicas. The registry is a map.
let office: PostOffice;

beforeAll(async () => {
  office = await PostOffice.open();
  await office.startNotify();
  await office.startNotify();
});
beforeEach(async () => {
  office.registry.people.clear();
  populate(office.registry);
  await office.mail.clear();
});
afterAll(() => office[Symbol.asyncDispose]());

const stateOf = async (job: string) =>
  (await office.deliveries()).find((delivery) => delivery.job === job)?.state;

it('a code that could not be mailed is superseded by the next one, and is not sent any more', async () => {
  office.mail.failNext(2, 550);
  const jobs: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    jobs.push(await postCode(office, { person: 'ben' }));
    await office.settled();
  }
  const [first = '', second = ''] = jobs;
  expect([await stateOf(first), await stateOf(second)]).toEqual(['superseded', 'failed']);
  const third = await postCode(office, { person: 'ben' });
  await office.settled();
  const states = [await stateOf(first), await stateOf(second), await stateOf(third)];
  expect(states).toEqual(['superseded', 'superseded', 'sent']);
  expect(office.mail.mails()).toHaveLength(1);
});

it('a code that waits for a mail server is not mailed after a newer one', async () => {
  const old = randomUUID();
  await postCode(office, { person: 'asha', at: office.bus.nowMs() });
  // Of two at once, one at each replica, either might be looked at first.
  await office.settled();
  await postCode(office, { id: old, person: 'asha', at: office.bus.nowMs() - 60_000 });
  await office.settled();
  expect(await stateOf(old)).toBe('superseded');
  expect(office.mail.mails()).toHaveLength(1);
  expect((await office.deadLetters()).filter(({ code }) => code === 'LK-MAIL-005')).toEqual([]);
});

it('the same code again makes nothing void, and is mailed once', async () => {
  const job = await postCode(office, { person: 'carol' });
  await office.settled();
  await postCodeAgain(office, job);
  await office.settled();
  expect(await stateOf(job)).toBe('sent');
  expect(office.mail.mails()).toHaveLength(1);
});
