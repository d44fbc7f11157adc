import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { allKeys, Failure, type Held, newestKey, withEachKey } from '@latchkey/runtime';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** NIST SP 800-38D: 96 random bits of IV, 128 bits of tag. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What is encrypted for a person; part of the additional data, so that one thing cannot stand for another. */
export type Purpose = 'key' | 'sample' | 'template' | 'sighting' | 'totp';

/** Makes a person's own key and returns it wrapped by the master key: it is never stored otherwise. */
export function newPersonKey(masterKey: Held<Uint8Array>, person: string): string {
  return encrypt(newestKey(masterKey), person, 'key', randomBytes(KEY_BYTES));
}

/** Encrypts bytes under a person's own key. @returns IV, ciphertext and tag in base64url. */
export function encryptFor(
  masterKey: Held<Uint8Array>,
  person: { readonly id: string; readonly key: string },
  purpose: 'sample' | 'template' | 'sighting',
  bytes: Uint8Array,
): string {
  return encrypt(unwrap(masterKey, person), person.id, purpose, bytes);
}

/** Decrypts what `encryptFor` made. @throws Failure LK-KEY-002 where it is of another person or purpose, or changed. */
export function decryptFor(
  masterKey: Held<Uint8Array>,
  person: { readonly id: string; readonly key: string },
  purpose: 'sample' | 'template' | 'sighting',
  box: string,
): Uint8Array {
  return decrypt(unwrap(masterKey, person), person.id, purpose, box);
}

/** Encrypts what belongs to an operator under the master key itself. */
export function encryptSecret(
  masterKey: Held<Uint8Array>,
  username: string,
  purpose: 'totp',
  bytes: Uint8Array,
): string {
  return encrypt(newestKey(masterKey), username, purpose, bytes);
}

/** Decrypts what `encryptSecret` made. @throws Failure LK-KEY-002 where it is of another, or changed. */
export function decryptSecret(
  masterKey: Held<Uint8Array>,
  username: string,
  purpose: 'totp',
  box: string,
): Uint8Array {
  return decryptByMaster(masterKey, username, purpose, box);
}

function unwrap(masterKey: Held<Uint8Array>, person: { id: string; key: string }): Uint8Array {
  return decryptByMaster(masterKey, person.id, 'key', person.key);
}

function encrypt(key: Uint8Array, person: string, purpose: Purpose, bytes: Uint8Array): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aadOf(person, purpose));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url');
}

function decrypt(key: Uint8Array, person: string, purpose: Purpose, box: string): Uint8Array {
  const opened = tryDecrypt(key, person, purpose, box);
  if (opened === undefined) throw unreadable(person, purpose);
  return opened;
}

function decryptByMaster(
  masterKey: Held<Uint8Array>,
  name: string,
  purpose: Purpose,
  box: string,
): Uint8Array {
  const opened = withEachKey(masterKey, (key) => tryDecrypt(key, name, purpose, box));
  if (opened === undefined) throw unreadable(name, purpose);
  return opened;
}

/**
 * The same, wrapped by the newest master key, where a predecessor has wrapped it; undefined where it need not be.
 * @throws Failure LK-KEY-002 where no master key that is there can read it
 */
export function rewrapped(
  masterKey: Held<Uint8Array>,
  name: string,
  purpose: 'key' | 'totp',
  box: string,
): string | undefined {
  if (allKeys(masterKey).length === 1) return undefined;
  const newest = newestKey(masterKey);
  if (tryDecrypt(newest, name, purpose, box)) return undefined;
  return encrypt(newest, name, purpose, decryptByMaster(masterKey, name, purpose, box));
}

function tryDecrypt(
  key: Uint8Array,
  person: string,
  purpose: Purpose,
  box: string,
): Uint8Array | undefined {
  const bytes = Buffer.from(box, 'base64url');
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(aadOf(person, purpose));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    // Another key, another purpose, or changed: the tag says only that it does not fit.
    return undefined;
  }
}

const unreadable = (person: string, purpose: Purpose): Failure =>
  Failure.terminal(
    'LK-KEY-002',
    `What is stored encrypted for ${person} (${purpose}) cannot be read with this master key. Restore the key that belongs to this database.`,
  );

function aadOf(person: string, purpose: Purpose): Uint8Array {
  return Buffer.from(`latchkey:v1:${purpose}:${person}`, 'utf8');
}
