import { buckets, objectStores } from './buckets.js';
import { streams } from './streams.js';

/** Whatever the broker holds for us, by the name of its stream, with the subjects of what it keeps (NATS ADR-8, ADR-20). */
export interface Store {
  readonly name: string;
  readonly subjects: readonly string[];
}

export const streamOfBucket = (bucket: { readonly name: string }): string => `KV_${bucket.name}`;
export const streamOfObjects = (store: { readonly name: string }): string => `OBJ_${store.name}`;

/** Every store: streams, buckets, object stores. */
export const stores: readonly Store[] = [
  ...Object.values(streams),
  ...Object.values(buckets).map((bucket) => ({
    name: streamOfBucket(bucket),
    subjects: [`$KV.${bucket.name}.>`],
  })),
  ...Object.values(objectStores).map((store) => ({
    name: streamOfObjects(store),
    subjects: [`$O.${store.name}.C.>`, `$O.${store.name}.M.>`],
  })),
];
