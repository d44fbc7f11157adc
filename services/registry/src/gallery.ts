import {
  buckets,
  GALLERY_MANIFEST_KEY,
  type GalleryEntry,
  type GalleryManifest,
  galleryEntry,
  galleryManifest,
  type galleryTemplate,
} from '@latchkey/contracts';
import {
  type Bucket,
  type Bus,
  Failure,
  type Held,
  openSignedBucket,
  seal,
} from '@latchkey/runtime';
import type { z } from 'zod';
import { BucketMirror } from './bucket-mirror.js';
import {
  isMember,
  type LivingPerson,
  type PersonRecord,
  peopleCollection,
} from './domain/person.pure.js';
import type { Store } from './store/store.port.js';
import { decryptFor } from './vault.js';

const MEMBERS = { state: { in: ['enrolled', 'suspended'] } };
const TRIES = 16;

/** What the gallery needs. */
export interface GalleryFacts {
  readonly bus: Bus;
  readonly store: Store;
  readonly masterKey: Held<Uint8Array>;
  readonly facePublicKey: Held<string>;
  readonly keysDir: string;
}

/** The `gallery` bucket: each member's template, sealed for the face workers and signed, and how many make it whole. */
export class Gallery {
  readonly #mirror: BucketMirror<PersonRecord, GalleryEntry>;
  readonly #manifests: Bucket<GalleryManifest>;
  readonly #facts: GalleryFacts;
  #filling: Promise<void> | undefined;

  static async open(facts: GalleryFacts): Promise<Gallery> {
    const { bus, keysDir } = facts;
    const by = { keysDir, signer: 'registry', writes: true };
    const entries = await openSignedBucket(bus, buckets.gallery, galleryEntry, by);
    const manifests = await openSignedBucket(bus, buckets.gallery, galleryManifest, by);
    return new Gallery(facts, entries, manifests);
  }

  private constructor(
    facts: GalleryFacts,
    entries: Bucket<GalleryEntry>,
    manifests: Bucket<GalleryManifest>,
  ) {
    this.#facts = facts;
    this.#manifests = manifests;
    this.#mirror = new BucketMirror({
      store: facts.store,
      collection: peopleCollection,
      bucket: entries,
      shown: MEMBERS,
      stampOf: (person) => (isMember(person) ? person.enrolledAt : null),
      valueOf: (person) => this.#entryOf(person as LivingPerson),
      stampOfValue: (entry) => entry.version,
      otherKeys: [GALLERY_MANIFEST_KEY],
    });
  }

  /** Brings one person's entry in step, then the count. */
  async sync(id: string): Promise<void> {
    await this.#mirror.sync(id);
    await this.#count();
  }

  /** Fills the gallery if its manifest is gone: at first, and after the broker lost its memory. */
  async fillIfGone(): Promise<void> {
    if (this.#filling || (await this.#manifests.get(GALLERY_MANIFEST_KEY))) return;
    await this.fill();
  }

  /** Makes all of it anew, by the newest keys. */
  async rewrite(): Promise<void> {
    await this.#mirror.rewrite();
    const entry = await this.#manifests.get(GALLERY_MANIFEST_KEY);
    if (entry) await this.#manifests.update(GALLERY_MANIFEST_KEY, entry.value, entry.revision);
  }

  /** Makes the whole gallery true; the manifest comes last. Once at a time. */
  fill(): Promise<void> {
    this.#filling ??= this.#fillOnce().finally(() => {
      this.#filling = undefined;
    });
    return this.#filling;
  }

  async #fillOnce(): Promise<void> {
    await this.#mirror.reconcile();
    const { bus, store } = this.#facts;
    const count = await store.count(peopleCollection, MEMBERS);
    const manifest = { count, revision: 0, at: bus.nowMs() };
    const made = await this.#manifests.create(GALLERY_MANIFEST_KEY, manifest);
    // What lies there counts for nothing where the registry has not signed it.
    if (made === 'conflict' && !(await this.#manifests.get(GALLERY_MANIFEST_KEY))) {
      await this.#manifests.put(GALLERY_MANIFEST_KEY, manifest);
    }
    // Whoever changed meanwhile found no manifest to count on, or an older one.
    await this.#count();
  }

  async #count(): Promise<void> {
    const { bus, store } = this.#facts;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const entry = await this.#manifests.get(GALLERY_MANIFEST_KEY);
      const count = await store.count(peopleCollection, MEMBERS);
      if (!entry || entry.value.count === count) return;
      const next = { count, revision: entry.value.revision + 1, at: bus.nowMs() };
      const written = await this.#manifests.update(GALLERY_MANIFEST_KEY, next, entry.revision);
      if (written !== 'conflict') return;
    }
    throw Failure.retryable('LK-BUS-006');
  }

  #entryOf(person: LivingPerson): GalleryEntry {
    const bytes = decryptFor(this.#facts.masterKey, person, 'template', person.template ?? '');
    const version = person.enrolledAt;
    const content: z.infer<typeof galleryTemplate> = {
      person: person.id,
      version,
      vector: Buffer.from(bytes).toString('base64url'),
    };
    const sealed = seal(this.#facts.facePublicKey, JSON.stringify(content));
    return { person: person.id, version, sealed };
  }
}
