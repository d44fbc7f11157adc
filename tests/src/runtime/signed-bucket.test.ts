// Real here: the broker, key files.
import { buckets } from '@latchkey/contracts';
import { openBucket, openSignedBucket } from '@latchkey/runtime';
import { makeKeys } from '@latchkey/runtime/keys';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openBroker, openBus } from './probe.fixture.js';

const opened = new AsyncDisposableStack();
const shows = z.object({ shows: z.string() });
const definition = buckets.display;
let bus: Awaited<ReturnType<typeof openBus>>;
let keysDir: string;

beforeAll(async () => {
  keysDir = await mkdtemp(join(tmpdir(), 'latchkey-signed-'));
  opened.defer(() => rm(keysDir, { recursive: true, force: true }));
  await makeKeys(keysDir, { signers: ['registry', 'gateway'] });
  const broker = opened.use(await openBroker());
  bus = opened.adopt(await openBus(broker.url), (one) => one.close());
});
afterAll(() => opened.disposeAsync());

const writer = (signer: string) =>
  openSignedBucket(bus, definition, shows, { keysDir, signer, writes: true });
const reader = () => openSignedBucket(bus, definition, shows, { keysDir, signer: 'registry' });

/** The bytes of an entry, put under another key as they are. */
async function moved(from: string, to: string): Promise<void> {
  const query = { last_by_subj: `$KV.${definition.name}.${from}` };
  const found = await bus.jsm.streams.getMessage(`KV_${definition.name}`, query);
  await bus.js.publish(`$KV.${definition.name}.${to}`, found?.data ?? '');
}

test('an entry counts that its writer signed, for its key alone', async () => {
  await (await writer('registry')).put('north', { shows: 'welcome' });
  await (await writer('gateway')).put('south', { shows: 'by another' });
  await (await openBucket(bus, definition, shows)).put('west', { shows: 'by nobody' });
  await moved('north', 'east');
  const read = await reader();
  expect((await read.get('north'))?.value).toEqual({ shows: 'welcome' });
  for (const key of ['south', 'west', 'east']) expect(await read.get(key)).toBeNull();
});

test('a watch goes on with what was there before, and hears what is signed afterwards', async () => {
  const signed = await writer('registry');
  await signed.put('gate', { shows: 'welcome' });
  const told: unknown[] = [];
  const watch = (await reader()).watch({
    changed: ({ key, value }) => void (key === 'gate' && told.push(value?.shows)),
  });
  await vi.waitUntil(() => told.length === 1, 20_000);
  await (await openBucket(bus, definition, shows)).put('gate', { shows: 'by nobody' });
  await signed.put('gate', { shows: 'closed' });
  await vi.waitUntil(() => told.length > 1, 20_000);
  expect(told).toEqual(['welcome', 'closed']);
  watch.stop();
});

test('who only reads cannot write', async () => {
  await expect((await reader()).put('north', { shows: 'x' })).rejects.toThrow(/only read here/);
});
