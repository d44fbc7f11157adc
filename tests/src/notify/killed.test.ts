import { consumers } from '@latchkey/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { grant, postCode } from './jobs.fixture.js';
import { spawnNotify } from './notify-process.fixture.js';
import { PostOffice, populate, until } from './post-office.fixture.js';

// Real here: broker, SMTP server with TLS and login, gRPC, keys, notify as a process. The registry is a map.
const WAIT_MS = 45_000;
const CROWD = 60;
let office: PostOffice;

beforeEach(async () => {
  office = await PostOffice.open();
  populate(office.registry);
  await office.setDoor('library', { name: 'Library' });
  for (let index = 0; index < CROWD; index++) {
    office.registry.people.set(`p${index}`, { name: `P${index}`, email: `p${index}@x.example` });
  }
});

afterEach(() => office[Symbol.asyncDispose]());

it('when notify is killed in the middle, all mails come, and one that comes twice is under the same Message-ID', async () => {
  {
    await using _killed = spawnNotify(office);
    await grant(office, 'asha');
    await office.mail.waitFor(() => office.mail.mails().length >= 5, WAIT_MS);
  }
  const sentBefore = office.mail.mails().length;
  expect(sentBefore).toBeLessThan(CROWD);

  await office.startNotify();
  // What the killed one held comes back after the consumer's patience; a test has less of it.
  const { notifyAccess, notifyMail } = consumers;
  await office.bus.jsm.consumers.update(notifyMail.stream, notifyMail.durable, {
    ack_wait: notifyAccess.ackWaitMs * 1_000_000,
  });
  await office.settled();

  const mails = office.mail.mails();
  const addresses = new Set(mails.map(({ to }) => to.join()));
  expect(addresses.size).toBe(CROWD + 2);
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(addresses.size);
  // At most those that were being sent at that moment come twice.
  expect(mails.length - addresses.size).toBeLessThanOrEqual(consumers.notifyMail.concurrency);
});

it('what notify held when it was killed is mailed by the next one within the consumers’ patience', async () => {
  {
    await using held = spawnNotify(office);
    const { notifyAccess, notifyCode } = consumers;
    const pulls = async ({ stream, durable }: (typeof consumers)[keyof typeof consumers]) => {
      const info = await office.bus.jsm.consumers.info(stream, durable).catch(() => null);
      return info?.num_waiting === 1;
    };
    await until('it waits for news and codes', async () => {
      return (await pulls(notifyAccess)) && (await pulls(notifyCode));
    });
    // Frozen, it takes what comes and does nothing with it.
    held.child.kill('SIGSTOP');
    await grant(office, 'asha');
    await postCode(office);
    for (const { stream, durable } of [notifyAccess, notifyCode]) {
      await until(`${durable} is held`, async () => {
        return (await office.bus.jsm.consumers.info(stream, durable)).num_ack_pending === 1;
      });
    }
  }
  await office.startNotify();
  await office.mail.waitFor(({ subject }) => subject === 'Asha Rao logged in', WAIT_MS);
  await office.mail.waitFor(({ subject }) => subject === 'Your next entry code', WAIT_MS);
  await office.settled();
  expect(office.mail.mails()).toHaveLength(CROWD + 3);
});
