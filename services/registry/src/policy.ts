import { buckets, type DoorPolicy, doorPolicy } from '@latchkey/contracts';
import { type Bus, openSignedBucket } from '@latchkey/runtime';
import { BucketMirror } from './bucket-mirror.js';
import { type DoorRecord, doorsCollection, type LivingDoor, policyOf } from './domain/door.pure.js';
import type { Store } from './store/store.port.js';

/** The `policy` bucket, kept in step with the doors: what capture, auth and notify go by. */
export async function openPolicy(
  bus: Bus,
  store: Store,
  keysDir: string,
): Promise<BucketMirror<DoorRecord, DoorPolicy>> {
  return new BucketMirror({
    store,
    collection: doorsCollection,
    bucket: await openSignedBucket(bus, buckets.policy, doorPolicy, {
      keysDir,
      signer: 'registry',
      writes: true,
    }),
    shown: { state: 'open' },
    stampOf: (door) => (door.state === 'open' ? door.revision : null),
    valueOf: (door) => policyOf(door as LivingDoor),
    stampOfValue: (policy) => policy.version,
    otherKeys: [],
  });
}
