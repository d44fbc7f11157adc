// Real here: the broker with its permissions and its two accounts. Each identity has the broker send its answers to a call of the broker's own API.
import { type BusRights, subjectIn } from '@latchkey/contracts';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { GuardedBus, identities, INTEGRATOR, RELAY } from './bus-identities.fixture.js';

const GUESTS = [INTEGRATOR.name, RELAY.name];
const [guests, services] = [
  identities().filter(({ name }) => GUESTS.includes(name)),
  identities().filter(({ name }) => !GUESTS.includes(name)),
];
const WAIT_MS = 20_000;
const GRANTED = 'lk.v1.access.library-north.granted';
const DURABLE = `${INTEGRATOR.name}-1`;
const consumer = JSON.stringify({
  stream_name: 'ACCESS',
  config: { durable_name: DURABLE, ack_policy: 'explicit', filter_subject: GRANTED },
});
const nothing = JSON.stringify({ seq: 987_654_321 });
/** Questions that are answered by an empty message, which is how a stream is deleted; and what an integrator needs for some. */
const questions = ['', '{"batch":1,"no_wait":true}', nothing, '+NXT', consumer];

let bus: GuardedBus;
beforeAll(async () => {
  bus = await GuardedBus.open();
});
afterAll(() => bus[Symbol.asyncDispose]());

const streamNames = async (): Promise<string[]> => {
  const names: string[] = [];
  for await (const name of bus.admin.jsm.streams.names()) names.push(name);
  return names;
};

/** A stream to aim at. @returns the call that deletes it */
async function aim(name: string): Promise<string> {
  await bus.admin.jsm.streams.add({ name, subjects: [`aim.${name}`], storage: 'memory' });
  return `$JS.API.STREAM.DELETE.${name}`;
}

/** Asks everything that it may ask, and has the answers go there. */
async function asksAll(as: NatsConnection, { publish }: BusRights, reply: string): Promise<void> {
  // Backwards, so that what is made here is asked in the next round, and not taken away before.
  for (const pattern of publish.allow.toReversed()) {
    for (const question of questions) as.publish(subjectIn(pattern, 'x'), question, { reply });
  }
  await as.flush();
}

it.each(services)(
  'a service can have the broker delete what it may not, by an answer: $name',
  async ({ name, rights }) => {
    const reply = await aim(`of-${name}`);
    await asksAll(await bus.as(name), rights, reply);
    await expect.poll(streamNames, { timeout: WAIT_MS }).not.toContain(`of-${name}`);
  },
);

it.each(guests)(
  '$name has no answer go to the broker’s API: it is in an account apart, or asks nothing',
  async ({ name, rights }) => {
    const before = await streamNames();
    const as = await bus.as(name);
    for (const stream of before) await asksAll(as, rights, `$JS.API.STREAM.DELETE.${stream}`);
    // What the broker does for the attacker, it has done before it does the same for who may do everything.
    const { nc } = bus.admin;
    const reply = await aim(`after-${name}`);
    nc.publish('$JS.API.DIRECT.GET.KV_policy', nothing, { reply });
    await vi.waitUntil(async () => !(await streamNames()).includes(`after-${name}`), WAIT_MS);
    expect(await streamNames()).toEqual(before);
  },
);
