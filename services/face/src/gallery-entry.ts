import { type GalleryEntry, galleryTemplate } from '@latchkey/contracts';
import { Failure, open, type Held } from '@latchkey/runtime';
import { EMBEDDING_SIZE, type Embedding } from '@latchkey/vision';

/** How far a template's length may be from 1: float32 rounding, and nothing more. */
const LENGTH_TOLERANCE = 1e-3;

/**
 * Opens a gallery entry. The sealed person must be the entry's and the key's: else whoever may write to the bucket could
 * give one person's template to another.
 * @param seed the face workers' curve seed
 * @throws Failure LK-KEY-003, terminal, where it cannot be opened or is not this person's.
 */
export function openGalleryEntry(seed: Held<string>, key: string, entry: GalleryEntry): Embedding {
  const parsed = galleryTemplate.safeParse(parseJson(open(seed, entry.sealed)));
  if (!parsed.success) throw wrong(key, 'it does not hold a template');
  const { person, version, vector } = parsed.data;
  if (person !== key || entry.person !== key || version !== entry.version) {
    throw wrong(key, 'it was sealed for another person or version');
  }
  // Copied: base64 decodes into a shared pool, at any offset.
  const bytes = Uint8Array.from(Buffer.from(vector, 'base64url'));
  const template = new Float32Array(bytes.buffer, 0, EMBEDDING_SIZE);
  const length = Math.hypot(...template);
  if (!(Math.abs(length - 1) < LENGTH_TOLERANCE)) throw wrong(key, 'its length is not 1');
  return template;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

function wrong(key: string, why: string): Failure {
  return Failure.terminal('LK-KEY-003', `The gallery entry of ${key} cannot be used: ${why}.`);
}
