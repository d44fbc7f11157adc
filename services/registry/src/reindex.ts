import type { CollectionDefinition, Store } from './store/store.port.js';

const PAGE = 200;

interface Indexed {
  readonly fields: string;
}

/** By which fields, and how, the documents of each collection were last made to be found. */
const indexedCollection: CollectionDefinition<Indexed> = {
  name: 'indexed',
  indexes: {},
  keysOf: () => ({}),
};

/** The collections that a store needs for what is done here. */
export const reindexCollections = [indexedCollection];

/**
 * Makes documents that an older version wrote be found by the fields that this version declares: where those differ, each
 * document is written once as it is. One that is written by another meanwhile is found by them anyway.
 */
export async function reindex<D>(store: Store, collection: CollectionDefinition<D>): Promise<void> {
  const fields = Object.entries(collection.indexes)
    .map(([field, how]) => [field, ...Object.keys(how)].join(' '))
    .toSorted()
    .join();
  const known = await store.get(indexedCollection, collection.name);
  if (known?.document.fields === fields) return;
  let after = '';
  do {
    const page = await store.find(collection, {}, { after, limit: PAGE });
    for (const { id, version, document } of page.items) {
      await store.replace(collection, id, version, document);
    }
    after = page.next;
  } while (after !== '');
  const done: Indexed = { fields };
  if (known) await store.replace(indexedCollection, collection.name, known.version, done);
  else await store.insert(indexedCollection, collection.name, done);
}
