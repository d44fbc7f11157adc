import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
  verify,
} from 'node:crypto';
import { join } from 'node:path';
import { signerFile } from '@latchkey/contracts';
import { type Held, KeyFile, newestKey, withEachKey } from './key-file.js';
import { invalidKey, readIfThere } from './key-files.js';

/** Signs texts, so that others can check by whom they are. */
export interface Signer {
  /** Ed25519 (RFC 8032) over the text in UTF-8, in base64url: 86 characters. The same text gives the same signature. */
  sign(text: string): string;
  /** The public half of the key by which it signs now: another one after a rotation. */
  publicKey(): string;
}

/**
 * The signer in `<dir>/sign-<name>.pem` (PKCS 8); it signs by the newest key, and reads the file again when it changes.
 * @throws Failure LK-KEY-001 or LK-KEY-002, naming the file.
 */
export async function loadSigner(dir: string, name: string): Promise<Signer> {
  const keys = keyBlocks(join(dir, `${signerFile(name)}.pem`), (text) => createPrivateKey(text));
  return {
    sign: (text) => signBytes(null, Buffer.from(text), newestKey(keys)).toString('base64url'),
    publicKey: () =>
      createPublicKey(newestKey(keys))
        .export({ type: 'spki', format: 'der' })
        .toString('base64url'),
  };
}

/** The newest public key in `<dir>/sign-<name>.pub.pem` (SPKI). @throws Failure LK-KEY-001 or LK-KEY-002, naming the file. */
export async function loadSignerKey(dir: string, name: string): Promise<KeyObject> {
  return newestKey(watchSignerKey(dir, name));
}

/** `<dir>/sign-<name>.pub.pem`, to check by; read again when it changes. @throws Failure LK-KEY-001 or LK-KEY-002 */
export function watchSignerKey(dir: string, name: string): KeyFile<readonly KeyObject[]> {
  return keyBlocks(join(dir, `${signerFile(name)}.pub.pem`), (text) => {
    // A private key would do, but has no business there.
    if (text.includes('PRIVATE')) throw new TypeError('a private key');
    return createPublicKey(text);
  });
}

/** The public keys that a signer had and that were retired: nobody opens by them, but what they signed is still to be checked. */
export const pastSignerFile = (base: string): string => `${base}.past.pub.pem`;

/**
 * Every public key that a signer ever had, to check records by, however old; not what is to be done now.
 * @throws Failure LK-KEY-001 or LK-KEY-002, naming the file.
 */
export async function loadSignerKeysEver(dir: string, name: string): Promise<KeyObject[]> {
  const past = (await readIfThere(join(dir, pastSignerFile(signerFile(name))))) ?? '';
  return [
    ...watchSignerKey(dir, name).current,
    ...pemBlocks(past).map((text) => createPublicKey(text)),
  ];
}

/** Whether one of these keys made the signature of that text. Whatever is no signature at all is none. */
export function isSignedBy(
  publicKeys: readonly Held<KeyObject>[],
  text: string,
  signature: string,
): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  const made = (key: KeyObject) => verify(null, Buffer.from(text), key, bytes) || undefined;
  return publicKeys.some((key) => withEachKey(key, made) === true);
}

/** The blocks of a PEM file, the newest first. */
export const pemBlocks = (text: string): string[] =>
  text.match(/-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----/g) ?? [];

function keyBlocks(
  path: string,
  read: (block: string) => KeyObject,
): KeyFile<readonly KeyObject[]> {
  return new KeyFile([path], ([text = '']) => {
    try {
      const keys = pemBlocks(text).map(read);
      const fit = keys.every(({ asymmetricKeyType }) => asymmetricKeyType === 'ed25519');
      if (fit && keys.length > 0) return keys;
    } catch {
      // Said below, with the file's name.
    }
    throw invalidKey(path, 'an Ed25519 key in PEM');
  });
}
