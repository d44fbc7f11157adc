import type { ObjectStoreDefinition } from '@latchkey/contracts';
import { type ObjectStore, Objm } from '@nats-io/obj';
import type { Bus } from './bus.js';
import { ensureTopology, remade } from './topology.js';
import { objectStoreConfig } from './topology.pure.js';

/** An object store. Failures are LK-BUS-001, retryable, where the broker is away. */
export interface Objects {
  readonly name: string;
  /** Writes whatever was there. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array | null>;
  /** @returns false where there is no such object here. */
  copyTo(target: Objects, key: string, targetKey?: string): Promise<boolean>;
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
