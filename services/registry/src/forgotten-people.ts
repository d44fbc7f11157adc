import { createHmac, randomBytes } from 'node:crypto';
import { buckets, tombstone } from '@latchkey/contracts';
import { type Bucket, type Bus, Failure, openBucket } from '@latchkey/runtime';
import { z } from 'zod';
import { peopleCollection } from './domain/person.pure.js';
import type { Store } from './store/store.port.js';

const SALT = 'salt';
const salt = z.object({ salt: z.string().min(43) });
const SALT_BYTES = 32;
const TRIES = 8;
const PAGE = 500;
const LIVING = { state: { in: ['listed', 'draft', 'enrolled', 'suspended'] } };

type Tombstones = Bucket<z.infer<typeof tombstone>>;

/**
 * Who was forgotten, kept apart from the store and without a name: when, under a keyed digest of the id. So a store that is put
 * back from a backup does not bring them back.
 */
export class ForgottenPeople {
  readonly #bucket: Tombstones;
  readonly #salt: string;

  static async open(bus: Bus): Promise<ForgottenPeople> {
    const salts = await openBucket(bus, buckets.forgotten, salt);
    await salts.create(SALT, { salt: randomBytes(SALT_BYTES).toString('base64url') });
    const kept = await salts.get(SALT);
    if (!kept) throw Failure.retryable('LK-BUS-006');
    return new ForgottenPeople(
      await openBucket(bus, buckets.forgotten, tombstone),
      kept.value.salt,
    );
  }

  private constructor(bucket: Tombstones, saltOfDigests: string) {
    this.#bucket = bucket;
    this.#salt = saltOfDigests;
  }

  /** Notes that whoever had this id until then is forgotten. */
  async note(id: string, at: number): Promise<void> {
    const key = this.#keyOf(id);
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const known = await this.#bucket.get(key);
      if (known && known.value.at >= at) return;
      const written = known
        ? await this.#bucket.update(key, { at }, known.revision)
        : await this.#bucket.create(key, { at });
      if (written !== 'conflict') return;
    }
    throw Failure.retryable('LK-BUS-006');
  }

  /** Those in a store who were forgotten after their record was made. */
  async among(store: Store): Promise<string[]> {
    const keys = new Set(await this.#bucket.keys());
    const back: string[] = [];
    let after = '';
    do {
      const page = await store.find(peopleCollection, LIVING, { after, limit: PAGE });
      for (const { id, document } of page.items) {
        const key = this.#keyOf(id);
        if (document.state === 'gone' || !keys.has(key)) continue;
        const at = (await this.#bucket.get(key))?.value.at ?? 0;
        if (document.createdAt <= at) back.push(id);
      }
      after = page.next;
    } while (after !== '');
    return back;
  }

  /** Ids that differ in case only are one. */
  #keyOf(id: string): string {
    return createHmac('sha256', this.#salt).update(id.toLowerCase()).digest('hex');
  }
}
