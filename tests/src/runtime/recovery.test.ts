import { setTimeout as delay } from 'node:timers/promises';
import { buckets, objectStores } from '@latchkey/contracts';
import { connectBus, type EntryChange, openBucket, openObjects } from '@latchkey/runtime';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  observe,
  openBroker,
  openBus,
  probeConsumer,
  quiet,
  startProbe,
  until,
} from './probe.fixture.js';

// Real here: nats-server, killed and brought back; Nest; the whole of runtime.

test('a service goes on after the broker was killed and lost what it held in memory', async () => {
  await using broker = await openBroker();
  const heard: string[] = [];
  await using service = await startProbe(broker.url, (event) => void heard.push(event.id));
  await observe(service.bus, 'before');
  await until('it is handled', () => heard.includes('before'));

  await broker.broker.kill('SIGKILL');
  await until('it is not ready', async () => !(await service.health.readiness()).ready);
  const sulking = await service.health.readiness();
  expect(sulking.checks['bus']).toMatch(/LK-BUS-001/);
  await expect(observe(service.bus, 'during')).rejects.toMatchObject({ kind: 'retryable' });

  await broker.broker.restart();
  await service.ready(45_000);
  await until('publishing works', () =>
    observe(service.bus, 'after').then(
      () => true,
      () => false,
    ),
  );
  await until('it is handled', () => heard.includes('after'));
});

test('a consumer that someone deleted is made anew', async () => {
  await using broker = await openBroker();
  const heard: string[] = [];
  await using service = await startProbe(broker.url, (event) => void heard.push(event.id));
  await service.bus.jsm.consumers.delete('OBSERVATIONS', probeConsumer().durable);
  await until('it is back', () =>
    service.bus.jsm.consumers.info('OBSERVATIONS', 'probe').then(
      () => true,
      () => false,
    ),
  );
  await observe(service.bus, 'later');
  await until('it is handled', () => heard.length > 0);
  expect(heard).toEqual(['later']);
});

test('a listing that the broker dies under has an end, so that it can be made again', async () => {
  await using broker = await openBroker();
  const bus = await openBus(broker.url);
  try {
    const bucket = await openBucket(bus, buckets.display, z.object({ shows: z.string() }));
    const fill = () => bucket.put('north', { shows: 'hello' });
    const listings: Promise<unknown>[] = [];
    for (let kills = 0; kills < 3; kills += 1) {
      await until('it is filled', () => fill().then(Boolean, () => false));
      for (let begun = 0; begun < 40; begun += 1) {
        listings.push(bucket.keys().catch((failure: unknown) => failure));
        await delay(1);
      }
      await broker.broker.kill('SIGKILL');
      await broker.broker.restart();
    }
    const ends = await Promise.race([Promise.all(listings), delay(60_000, 'some never end')]);
    expect(ends).toHaveLength(120);
    await until('it is filled again', () => fill().then(Boolean, () => false));
    expect(await bucket.keys()).toEqual(['north']);
  } finally {
    await bus.close();
  }
});

test('a watched bucket tells what is there, what changes, and what a lost memory took away', async () => {
  await using broker = await openBroker();
  const bus = await openBus(broker.url);
  const bucket = await openBucket(bus, buckets.display, z.object({ shows: z.string() }));
  await bucket.put('north', { shows: 'welcome' });
  const told: EntryChange<{ shows: string }>[] = [];
  let rounds = 0;
  const watch = bucket.watch({
    changed: (change) => told.push(change),
    caughtUp: () => (rounds += 1),
  });
  await until('it has caught up', () => rounds === 1);
  expect(told).toEqual([{ key: 'north', value: { shows: 'welcome' }, revision: 1 }]);

  await bucket.put('south', { shows: 'closed' });
  await bucket.delete('north');
  await until('the changes are told', () => told.length === 3);
  expect(told.slice(1).map(({ key, value }) => [key, value])).toEqual([
    ['south', { shows: 'closed' }],
    ['north', null],
  ]);

  await broker.broker.kill('SIGKILL');
  await broker.broker.restart();
  await until('it has caught up again', () => rounds >= 2);
  expect(told.at(-1)).toEqual({ key: 'south', value: null, revision: 0 });
  await bucket.put('west', { shows: 'open' });
  await until('the new is told', () => told.at(-1)?.key === 'west');
  watch.stop();
  await bus.close();
});

test('buckets, stores and streams that a broker lost are made anew by whoever needs them', async () => {
  await using broker = await openBroker();
  const bus = await openBus(broker.url);
  const bucket = await openBucket(bus, buckets.display, z.string());
  const snapshots = await openObjects(bus, objectStores.snapshots);
  await bucket.put('north', 'welcome');
  await broker.broker.kill('SIGKILL');
  await broker.broker.restart();
  await until('the bus is back', () => bus.isConnected());
  expect(await bucket.get('north')).toBeNull();
  await snapshots.put('north.1', new Uint8Array([1]));
  expect([...((await snapshots.get('north.1')) ?? [])]).toEqual([1]);
  expect(await bucket.create('north', 'again')).toBe(1);
  expect(await observe(bus, 'first')).toEqual({ sequence: 1, duplicate: false });
  await bus.close();
});

test('no broker: a stable code and what to do, no endless wait', async () => {
  const connecting = connectBus({
    url: 'nats://someone:secret@127.0.0.1:1',
    name: 'probe',
    log: quiet,
    waitMs: 0,
  });
  await expect(connecting).rejects.toMatchObject({
    code: 'LK-BUS-001',
    message: expect.stringMatching(/nats:\/\/\[redacted\]@127.0.0.1:1.*Start nats-server/),
  });
});
