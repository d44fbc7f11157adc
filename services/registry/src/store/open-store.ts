import { Failure } from '@latchkey/runtime';
import { openFileStore } from './file.store.js';
import { openMongoStore } from './mongo.store.js';
import type { CollectionDefinition, Store } from './store.port.js';

export type {
  CollectionDefinition,
  Filter,
  Page,
  Store,
  Stored,
  WriteResult,
} from './store.port.js';

/** Opens the store that a URL names. @throws Failure LK-STO-003 where it names none, LK-STO-001 where it is away. */
export async function openStore(
  url: string,
  collections: readonly CollectionDefinition<never>[],
): Promise<Store> {
  if (url.startsWith('file:')) return openFileStore(url, collections);
  if (/^mongodb(\+srv)?:\/\//.test(url)) return openMongoStore(url, collections);
  throw Failure.terminal('LK-STO-003');
}
