import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Failure } from '@latchkey/runtime';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** NIST SP 800-38D: 96 random bits of IV, 128 bits of tag. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What is encrypted for a person; part of the additional data, so that one thing cannot stand for another. */
export type Purpose = 'key' | 'sample' | 'template' | 'totp';

/** Makes a person's own key and returns it wrapped by the master key: it is never stored otherwise. */
export function newPersonKey(masterKey: Uint8Array, person: string): string {
  return encrypt(masterKey, person, 'key', randomBytes(KEY_BYTES));
}

/** Encrypts bytes under a person's own key. @returns IV, ciphertext and tag in base64url. */
export function encryptFor(
  masterKey: Uint8Array,
  person: { readonly id: string; readonly key: string },
  purpose: 'sample' | 'template',
  bytes: Uint8Array,
): string {
  return encrypt(unwrap(masterKey, person), person.id, purpose, bytes);
}

/** Decrypts what `encryptFor` made. @throws Failure LK-KEY-002 where it is of another person or purpose, or changed. */
export function decryptFor(
  masterKey: Uint8Array,
  person: { readonly id: string; readonly key: string },
  purpose: 'sample' | 'template',
  box: string,
): Uint8Array {
  return decrypt(unwrap(masterKey, person), person.id, purpose, box);
}

/** Encrypts what belongs to an operator under the master key itself. */
export function encryptSecret(
  masterKey: Uint8Array,
  username: string,
  purpose: 'totp',
  bytes: Uint8Array,
): string {
  return encrypt(masterKey, username, purpose, bytes);
}

/** Decrypts what `encryptSecret` made. @throws Failure LK-KEY-002 where it is of another, or changed. */
export function decryptSecret(
  masterKey: Uint8Array,
  username: string,
  purpose: 'totp',
  box: string,
): Uint8Array {
  return decrypt(masterKey, username, purpose, box);
}

function unwrap(masterKey: Uint8Array, person: { id: string; key: string }): Uint8Array {
  return decrypt(masterKey, person.id, 'key', person.key);
}

function encrypt(key: Uint8Array, person: string, purpose: Purpose, bytes: Uint8Array): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aadOf(person, purpose));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url');
}

function decrypt(key: Uint8Array, person: string, purpose: Purpose, box: string): Uint8Array {
  const bytes = Buffer.from(box, 'base64url');
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(aadOf(person, purpose));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw Failure.terminal(
      'LK-KEY-002',
      `What is stored encrypted for ${person} (${purpose}) cannot be read with this master key. Restore the key that belongs to this database.`,
      { cause },
    );
  }
}

function aadOf(person: string, purpose: Purpose): Uint8Array {
  return Buffer.from(`latchkey:v1:${purpose}:${person}`, 'utf8');
}
