// Real here: nats-server, its store on disk, and a NATS client.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBroker } from './broker.js';
import { runSource } from './run-source.fixture.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'latchkey-broker-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function storedCount(url: string): Promise<number> {
  const connection = await connect({ servers: url });
  const manager = await jetstreamManager(connection);
  const { state } = await manager.streams.info('KEPT');
  await connection.close();
  return state.messages;
}

/** The server names its file of ports after its process. */
async function pidOf(dataDir: string): Promise<number> {
  const names = await readdir(dataDir);
  return Number(names.map((name) => /_(\d+)\.ports$/.exec(name)?.[1]).find(Boolean));
}

async function storeOne(url: string): Promise<void> {
  const connection = await connect({ servers: url });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'KEPT', subjects: ['kept.>'] });
  await jetstream(connection).publish('kept.one', 'still here');
  await connection.close();
}

test('a killed broker comes back on the same address with what it had stored', async () => {
  await using broker = await startBroker({ dataDir });
  const { url } = broker;
  await storeOne(url);
  await broker.kill('SIGKILL');
  await expect(connect({ servers: url, reconnect: false, timeout: 2_000 })).rejects.toThrow(
    /refused/i,
  );
  await broker.restart();
  expect(broker.url).toBe(url);
  expect(await storedCount(url)).toBe(1);
});

test('where that is wanted, a broker that ends unasked is brought back, and one that was ended is not', async () => {
  await using broker = await startBroker({ dataDir, revive: true });
  await storeOne(broker.url);
  const connection = await connect({ servers: broker.url, reconnect: false });
  const lost = connection.closed();
  process.kill(await pidOf(dataDir), 'SIGKILL');
  await lost;
  await expect.poll(() => storedCount(broker.url), { timeout: 45_000 }).toBe(1);
  await broker.close();
  await expect(connect({ servers: broker.url, reconnect: false })).rejects.toThrow(/refused/i);
});

test('a broker started again on the same folder has the data of the one before', async () => {
  const before = await startBroker({ dataDir });
  await storeOne(before.url);
  await before.close();
  await before.close();
  await using after = await startBroker({ dataDir });
  expect(await storedCount(after.url)).toBe(1);
});

test('what is asked of a broker reaches its configuration', async () => {
  await using broker = await startBroker({ dataDir, config: 'max_payload: 2097152' });
  const connection = await connect({ servers: broker.url });
  expect(connection.info?.max_payload).toBe(2_097_152);
  await connection.close();
});

test('a port that is taken ends in a message with the reason', async () => {
  await using broker = await startBroker({ dataDir });
  const port = Number(new URL(broker.url).port);
  const other = join(dataDir, 'other');
  await expect(startBroker({ dataDir: other, port })).rejects.toThrow(
    /LK-DEV-002[\s\S]*address already in use/,
  );
});

test('a given broker is used as it is and never ended', async () => {
  await using broker = await startBroker({ dataDir });
  const given = await startBroker({ dataDir, givenUrl: broker.url });
  expect(given.url).toBe(broker.url);
  await expect(given.kill()).rejects.toThrow(/LK-DEV-004/);
  await given.close();
  const connection = await connect({ servers: broker.url });
  await connection.close();
});

test('a broker does not outlive a process that is killed without warning', async () => {
  const { child, line } = await runSource(`
    const { startBroker } = await load('./broker.js');
    const broker = await startBroker({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(broker.url);
    setInterval(() => {}, 1000);`);
  const connection = await connect({ servers: line, reconnect: false });
  const lost = connection.closed();
  child.kill('SIGKILL');
  await lost;
  await expect(connect({ servers: line, reconnect: false })).rejects.toThrow(/refused/i);
});
