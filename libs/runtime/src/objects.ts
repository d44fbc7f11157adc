import { createHash, randomUUID } from 'node:crypto';
import type { ObjectStoreDefinition } from '@latchkey/contracts';
import { headers } from '@nats-io/nats-core';
import { type ObjectStore, Objm } from '@nats-io/obj';
import type { Bus } from './bus.js';
import { ensureTopology, remade } from './topology.js';
import { objectStoreConfig } from './topology.pure.js';

/** An object store, to be written to. Failures are LK-BUS-001, retryable, where the broker is away. */
export interface ObjectWriter {
  readonly name: string;
  put(key: string, bytes: Uint8Array): Promise<void>;
}

/** An object store. Failures are LK-BUS-001, retryable, where the broker is away. */
export interface Objects extends ObjectWriter {
  get(key: string): Promise<Uint8Array | null>;
  /** @returns false where there is no such object here. */
  copyTo(target: ObjectWriter, key: string, targetKey?: string): Promise<boolean>;
  /** Overwrites it where it lies, then takes it away: its bytes are in no file afterwards. Deleting what isn't there is fine. */
  delete(key: string): Promise<void>;
  keys(): Promise<string[]>;
}

/** Opens an object store, creating it if needed. */
export async function openObjects(bus: Bus, definition: ObjectStoreDefinition): Promise<Objects> {
  await ensureTopology(bus, { objectStores: [definition] });
  const store: ObjectStore = await new Objm(bus.js).open(definition.name, false);
  const attempt = <Result>(doing: string, act: () => Promise<Result>): Promise<Result> =>
    remade(bus, { objectStores: [definition] }, `${doing} the store ${definition.name}`, act);
  const get = (key: string) => attempt('reading', () => store.getBlob(key));
  return {
    name: definition.name,
    get,
    put: (key, bytes) =>
      attempt('writing to', async () => {
        await store.putBlob({ name: key }, bytes);
      }),
    copyTo: async (target, key, targetKey = key) => {
      const bytes = await get(key);
      if (!bytes) return false;
      await target.put(targetKey, bytes);
      return true;
    },
    delete: (key) =>
      attempt('deleting from', async () => {
        const info = await store.info(key);
        if (!info || info.deleted) return;
        await overwrite(bus, definition, info.nuid);
        await store.delete(key);
      }),
    keys: () =>
      attempt('listing', async () =>
        (await store.list()).filter((info) => !info.deleted).map((info) => info.name),
      ),
  };
}

/** What NATS's own clients take for one chunk. */
const CHUNK_BYTES = 128 * 1024;

/**
 * Opens an object store for who may only write to it: it looks for nothing that was there before under a key, which is to be
 * new each time. NATS's client asks for that, and an answer goes to whatever address the question names.
 */
export async function openObjectWriter(
  bus: Bus,
  definition: ObjectStoreDefinition,
): Promise<ObjectWriter> {
  await ensureTopology(bus, { objectStores: [definition] });
  const { name } = definition;
  return {
    name,
    put: (key, bytes) =>
      remade(bus, { objectStores: [definition] }, `writing to the store ${name}`, async () => {
        const nuid = randomUUID().replaceAll('-', '');
        const chunks = chunksOf(bytes);
        for (const chunk of chunks) await bus.js.publish(`$O.${name}.C.${nuid}`, chunk);
        const head = headers();
        head.set('Nats-Rollup', 'sub');
        const info = infoText({ name, key, nuid, bytes, chunks: chunks.length });
        await bus.js.publish(`$O.${name}.M.${base64Url(key)}`, info, { headers: head });
      }),
  };
}

function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, at) =>
    bytes.subarray(at * CHUNK_BYTES, (at + 1) * CHUNK_BYTES),
  );
}

/** What stands of an object beside its chunks (NATS ADR-20). */
function infoText(facts: {
  name: string;
  key: string;
  nuid: string;
  bytes: Uint8Array;
  chunks: number;
}): string {
  const { name, key, nuid, bytes, chunks } = facts;
  return JSON.stringify({
    name: key,
    bucket: name,
    nuid,
    size: bytes.length,
    chunks,
    digest: `SHA-256=${base64Url(createHash('sha256').update(bytes).digest())}`,
    mtime: new Date().toISOString(),
    deleted: false,
    options: { max_chunk_size: CHUNK_BYTES },
  });
}

/** With its padding, as NATS's clients write and look for it. */
const base64Url = (value: string | Uint8Array): string =>
  Buffer.from(value).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

/** Lets the broker overwrite an object's chunks: what it merely deletes stays in its file until that is written anew. */
async function overwrite(bus: Bus, definition: ObjectStoreDefinition, nuid: string): Promise<void> {
  const stream = objectStoreConfig(definition).name;
  const wanted = `$O.${definition.name}.C.${nuid}`;
  for (let seq = 1; ; seq += 1) {
    const chunk = await bus.jsm.direct.getMessage(stream, { next_by_subj: wanted, seq });
    if (!chunk) return;
    ({ seq } = chunk);
    await bus.jsm.streams.deleteMessage(stream, seq, true);
  }
}
