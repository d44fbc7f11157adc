import {
  buckets,
  GALLERY_MANIFEST_KEY,
  type GalleryEntry,
  galleryEntry,
  galleryManifest,
} from '@latchkey/contracts';
import { type Bus, type EntryChange, type Held, openSignedBucket } from '@latchkey/runtime';
import { z } from 'zod';
import type { LiveGallery } from './gallery.js';
import { openGalleryEntry } from './gallery-entry.js';

const galleryValue = z.union([galleryEntry, galleryManifest]);
type GalleryValue = z.infer<typeof galleryValue>;

/** Keeps the gallery in step with its bucket, over lost connections and brokers that lost their memory. */
export async function feedGallery(
  bus: Bus,
  gallery: LiveGallery,
  keys: { readonly seed: Held<string>; readonly keysDir: string },
): Promise<{ stop(): void }> {
  const { seed, keysDir } = keys;
  const by = { keysDir, signer: 'registry' };
  const bucket = await openSignedBucket(bus, buckets.gallery, galleryValue, by);
  return bucket.watch({
    begins: () => gallery.beginFill(),
    changed: (change) => applyChange(bus, gallery, seed, change),
  });
}

function applyChange(
  bus: Bus,
  gallery: LiveGallery,
  seed: Held<string>,
  { key, value, revision }: EntryChange<GalleryValue>,
): void {
  if (value === null) {
    // Revision 0: found gone after an interruption. Either deleted, then the fill that has begun is without it; or the
    // broker lost its memory, then the old gallery stays until the refill is complete.
    if (revision > 0 && key !== GALLERY_MANIFEST_KEY) gallery.delete(key);
  } else if ('count' in value) {
    if (key === GALLERY_MANIFEST_KEY) gallery.setManifest(value.count);
  } else addEntry(bus, gallery, seed, key, value);
}

function addEntry(
  bus: Bus,
  gallery: LiveGallery,
  seed: Held<string>,
  key: string,
  entry: GalleryEntry,
): void {
  try {
    gallery.set(key, openGalleryEntry(seed, key, entry));
  } catch (err) {
    gallery.setUnreadable(key);
    bus.log.error({ err, person: key }, 'a gallery entry cannot be used; this person is unknown');
  }
}
