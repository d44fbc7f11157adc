// Real here: the broker with its permissions and its two accounts.
import { inboxPrefixOf, INTEGRATOR_API } from '@latchkey/contracts';
import { expect, it, vi } from 'vitest';
import { addGuests, GuardedBus, INTEGRATOR, RELAY } from '../attack/bus-identities.fixture.js';

const WAIT_MS = 20_000;
const GRANTED = 'lk.v1.access.library-north.granted';
const DURABLE = `${INTEGRATOR.name}-1`;
const create = `${INTEGRATOR_API}.CONSUMER.CREATE.ACCESS.${DURABLE}.${GRANTED}`;
const consumer = JSON.stringify({
  stream_name: 'ACCESS',
  config: { durable_name: DURABLE, ack_policy: 'explicit', filter_subject: GRANTED },
});

it('an integrator reads and acknowledges what it was given, from the account apart', async () => {
  await using bus = await GuardedBus.open();
  for (const said of ['one', 'two', 'three']) await bus.admin.js.publish(GRANTED, said);
  const as = await bus.as(INTEGRATOR.name);
  expect((await as.request(create, consumer)).json()).toMatchObject({ name: DURABLE });
  const read: string[] = [];
  const inbox = `${inboxPrefixOf(INTEGRATOR.name)}.pulled`;
  const pulled = as.subscribe(inbox, { max: 3 });
  const asked = JSON.stringify({ batch: 3, expires: 20_000_000_000 });
  as.publish(`${INTEGRATOR_API}.CONSUMER.MSG.NEXT.ACCESS.${DURABLE}`, asked, { reply: inbox });
  for await (const message of pulled) {
    read.push(message.string());
    message.respond('+ACK');
  }
  expect(read).toEqual(['one', 'two', 'three']);
  await expect
    .poll(async () => (await bus.admin.jsm.consumers.info('ACCESS', DURABLE)).num_ack_pending)
    .toBe(0);
});

it('the first integrator, who comes while the broker runs, reads at once', async () => {
  await using without = await GuardedBus.open([RELAY]);
  await addGuests(without.keysDir, [INTEGRATOR]);
  await without.broker.reload();
  const as = await vi.waitUntil(() => without.as(INTEGRATOR.name).catch(() => null), WAIT_MS);
  const made = await vi.waitUntil(() => as.request(create, consumer).catch(() => null), WAIT_MS);
  expect(made.json()).toMatchObject({ name: DURABLE });
});
