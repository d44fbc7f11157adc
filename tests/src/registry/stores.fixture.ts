import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CollectionDefinition } from '@latchkey/registry/store';
import { afterAll, beforeAll } from 'vitest';
import { type MongoServer, startMongoServer } from './mongo-server.js';

export interface Guest {
  readonly name: string;
  readonly mail?: string;
  readonly tags?: readonly string[];
  readonly age?: number;
}

export const guests: CollectionDefinition<Guest> = {
  name: 'guests',
  indexes: {
    name: { ordered: true },
    mail: { unique: true },
    tag: { paged: true },
    age: { ordered: true },
  },
  keysOf: ({ name, mail, tags, age }) => ({ name, mail, tag: tags, age }),
};
export const all = { after: '', limit: 100 };

/** A folder for the tests of a file, and each adapter with the address of a store of its own. */
export function useStores() {
  const facts = { folder: '' };
  let mongo: MongoServer;
  beforeAll(async () => {
    facts.folder = await mkdtemp(join(tmpdir(), 'latchkey-store-'));
    mongo = await startMongoServer();
  }, 300_000);
  afterAll(async () => {
    await mongo[Symbol.asyncDispose]();
    await rm(facts.folder, { recursive: true, force: true });
  });
  const adapters: Record<string, () => string> = {
    'file:': () => `file:${join(facts.folder, randomUUID(), 'store.db')}`,
    'mongodb:': () => mongo.databaseUrl(),
  };
  return { facts, adapters };
}
