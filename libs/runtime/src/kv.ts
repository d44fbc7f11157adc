import type { BucketDefinition } from '@latchkey/contracts';
import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { z } from 'zod';
import type { Bus } from './bus.js';
import { Failure } from './failure.js';
import { type BucketWatcher, watchBucket } from './kv-watch.js';
import { ensureTopology, remade } from './topology.js';

/** An entry with the revision that a compare-and-set needs. */
export interface Entry<Value> {
  readonly value: Value;
  readonly revision: number;
}

/** A key-value bucket whose values are checked by a schema. Failures are LK-BUS-001, retryable, where the broker is away. */
export interface Bucket<Value> {
  /** @throws Failure LK-BUS-004, terminal, where the entry is not as the schema says. */
  get(key: string): Promise<Entry<Value> | null>;
  /** Writes whatever was there. @returns the new revision */
  put(key: string, value: Value): Promise<number>;
  /** Writes only where nothing is. */
  create(key: string, value: Value): Promise<number | 'conflict'>;
  /** Writes only where `revision` is still the newest. */
  update(key: string, value: Value, revision: number): Promise<number | 'conflict'>;
  delete(key: string): Promise<void>;
  keys(): Promise<string[]>;
  /** Watches until stopped, over lost connections and brokers that lost their memory. */
  watch(watcher: BucketWatcher<Value>): { stop(): void };
}

/** How the values of a bucket are written, and read again. */
export interface Codec<Value> {
  readonly write: (key: string, value: Value) => string;
  /** What it throws, `get` throws, too; a watcher is not told of that entry. */
  readonly read: (key: string, bytes: Uint8Array) => Value;
}

/** Opens a bucket, creating it if needed. */
export async function openBucket<Value>(
  bus: Bus,
  definition: BucketDefinition,
  schema: z.ZodType<Value>,
): Promise<Bucket<Value>> {
  return await openCodedBucket(bus, definition, {
    write: (_key, value) => JSON.stringify(value),
    read: (key, bytes) => parseValue(definition, schema, key, new TextDecoder().decode(bytes)),
  });
}

/** Opens a bucket whose values are kept in another way than as bare JSON, creating it if needed. */
export async function openCodedBucket<Value>(
  bus: Bus,
  definition: BucketDefinition,
  { write, read }: Codec<Value>,
): Promise<Bucket<Value>> {
  await ensureTopology(bus, { buckets: [definition] });
  const kv = await new Kvm(bus.js).open(definition.name);
  const attempt = <Result>(doing: string, act: () => Promise<Result>): Promise<Result> =>
    remade(bus, { buckets: [definition] }, `${doing} the bucket ${definition.name}`, act);
  return {
    get: (key) =>
      attempt('reading', async () => {
        const entry = await kv.get(key);
        if (!entry || entry.operation !== 'PUT') return null;
        return { value: read(key, entry.value), revision: entry.revision };
      }),
    put: (key, value) => attempt('writing', () => kv.put(key, write(key, value))),
    create: (key, value) => attempt('writing', () => orConflict(kv.create(key, write(key, value)))),
    update: (key, value, revision) =>
      attempt('writing', () => orConflict(kv.update(key, write(key, value), revision))),
    delete: (key) => attempt('deleting from', () => kv.purge(key)),
    keys: () => attempt('listing', async () => await Array.fromAsync(await kv.keys())),
    watch: (watcher) => watchBucket({ bus, definition, read }, watcher),
  };
}

async function orConflict(written: Promise<number>): Promise<number | 'conflict'> {
  try {
    return await written;
  } catch (error) {
    if (
      error instanceof JetStreamApiError &&
      error.code === JetStreamApiCodes.StreamWrongLastSequence
    ) {
      return 'conflict';
    }
    throw error;
  }
}

/** A value of a bucket, checked. @throws Failure LK-BUS-004, terminal, that quotes nothing of it */
export function parseValue<Value>(
  definition: BucketDefinition,
  schema: z.ZodType<Value>,
  key: string,
  json: string,
): Value {
  try {
    return schema.parse(JSON.parse(json));
  } catch {
    // The cause would quote the value.
    throw Failure.terminal(
      'LK-BUS-004',
      `The entry ${key} of the bucket ${definition.name} is not as its schema says.`,
    );
  }
}
