import { expect, test } from 'vitest';
import { lettersOf } from './handler-process.fixture.js';
import { observe, openBroker, probeConsumer, startProbe, until } from './probe.fixture.js';

// Real here: nats-server, Nest, the whole of runtime.

test('a consumer that is slow holds up nobody else, holds no more than it handles, and loses nothing', async () => {
  await using broker = await openBroker();
  const COUNT = 30;
  const AT_ONCE = 2;
  const gate = Promise.withResolvers<void>();
  const slowly = new Set<string>();
  const fast = new Set<string>();
  const slowConsumer = probeConsumer({ durable: 'slow', concurrency: AT_ONCE, ackWaitMs: 1_000 });
  await using slow = await startProbe(
    broker.url,
    async ({ id }) => {
      await gate.promise;
      slowly.add(id);
    },
    slowConsumer,
  );
  const fastConsumer = probeConsumer({ durable: 'fast', concurrency: AT_ONCE });
  await using _other = await startProbe(broker.url, ({ id }) => void fast.add(id), fastConsumer);
  for (let index = 0; index < COUNT; index += 1) await observe(slow.bus, `s${index}`);
  await until('the fast one has all', () => fast.size === COUNT);
  const infoOf = () => slow.bus.jsm.consumers.info('OBSERVATIONS', 'slow');
  // A consumer hears of what is stored a moment later.
  await until('the slow one knows of all', async () => {
    const { num_ack_pending: held, num_pending: waiting } = await infoOf();
    return held + waiting === COUNT;
  });
  const info = await infoOf();
  expect(slowly.size).toBe(0);
  expect(info.num_ack_pending).toBe(AT_ONCE);
  expect(info.num_pending).toBe(COUNT - AT_ONCE);
  gate.resolve();
  await until('the slow one has all', () => slowly.size === COUNT);
  expect(await lettersOf(slow.bus, 'OBSERVATIONS', 'slow')).toEqual([]);
});
