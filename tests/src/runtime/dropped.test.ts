import { mailNotice, streams } from '@latchkey/contracts';
import { type Bus, dropStored, ensureTopology, Failure, publishEvent } from '@latchkey/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lettersOf } from './handler-process.fixture.js';
import {
  observe,
  openBroker,
  openBus,
  probeConsumer,
  startProbe,
  type TestBroker,
  until,
} from './probe.fixture.js';

// Real here: nats-server, Nest, the whole of runtime.

let broker: TestBroker;
let bus: Bus;
beforeAll(async () => {
  broker = await openBroker();
  bus = await openBus(broker.url);
});
afterAll(async () => {
  await bus.close();
  await broker[Symbol.asyncDispose]();
});

test('what is to be dropped goes from a work queue, however much there is; the rest stays', async () => {
  await ensureTopology(bus, { streams: [streams.NOTICES] });
  const none = await dropStored(bus, 'NOTICES', () => true);
  const ids = Array.from({ length: 1_101 }, (_, n) => `job-${n}`);
  const data = mailNotice.example;
  await Promise.all(
    ids.map((id) => publishEvent(bus, mailNotice, {}, { id, correlationId: id, data })),
  );
  const isOdd = ({ seq }: { seq: number }) => seq % 2 === 1;
  const dropped = await dropStored(bus, 'NOTICES', isOdd);
  expect([none, dropped]).toEqual([0, 551]);
  expect(await dropStored(bus, 'NOTICES', isOdd)).toBe(0);
  expect((await bus.jsm.streams.info('NOTICES')).state.messages).toBe(550);
});

test('a dead letter whose consumer keeps them for a while is gone after that; others stay', async () => {
  const refuse = () => {
    throw Failure.terminal('LK-COD-002');
  };
  const filtersOf = (door: string) => [`lk.v1.observation.face.${door}`];
  const soon = probeConsumer({ durable: 'soon', filters: filtersOf('a'), deadMaxAgeMs: 1_000 });
  const late = probeConsumer({ durable: 'late', filters: filtersOf('b') });
  await using _soon = await startProbe(broker.url, refuse, soon);
  await using _late = await startProbe(broker.url, refuse, late);
  await observe(bus, 'one', 'a');
  await observe(bus, 'two', 'b');
  const count = async (durable: string) => (await lettersOf(bus, 'OBSERVATIONS', durable)).length;
  await until('both are dead letters', async () => {
    const { state } = await bus.jsm.streams.info('DEAD');
    return state.last_seq === 2;
  });
  await until('the one is gone', async () => (await count('soon')) === 0);
  expect(await count('late')).toBe(1);
});
