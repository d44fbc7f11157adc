import { timingSafeEqual } from 'node:crypto';
import { createCurve, fromCurveSeed } from '@nats-io/nkeys';
import { Failure } from './failure.js';
import { type Held, newestKey, withEachKey } from './key-file.js';

/** Length of an nkeys public key as text: `X` and 55 more letters. */
const SENDER_LENGTH = 56;

/**
 * Seals bytes so that only the holder of one private key reads them. An anonymous sealed box: the sender's key is made
 * for this box alone. Shape: the sender's public key (56 letters), then nkeys' xkv1 box (X25519, XSalsa20-Poly1305).
 * @param publicKey an nkeys curve public key (`X…`)
 */
export function sealBytes(publicKey: Held<string>, bytes: Uint8Array): Uint8Array {
  const sender = createCurve();
  const box = sender.seal(bytes, newestKey(publicKey));
  const sealed = Buffer.concat([Buffer.from(sender.getPublicKey(), 'ascii'), box]);
  sender.clear();
  return sealed;
}

/** As `sealBytes`, of bytes or of a text, as base64url: what travels in events. */
export function seal(publicKey: Held<string>, content: Uint8Array | string): string {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return Buffer.from(sealBytes(publicKey, bytes)).toString('base64url');
}

/**
 * Opens what `seal` or `sealBytes` made.
 * @param seed the nkeys curve seed (`SX…`) of the one for whom it was sealed; of several, any
 * @throws Failure LK-KEY-003, terminal, where it was sealed for another or was changed.
 */
export function open(seed: Held<string>, sealed: string | Uint8Array): Uint8Array {
  const bytes = typeof sealed === 'string' ? Buffer.from(sealed, 'base64url') : sealed;
  const sender = Buffer.from(bytes.subarray(0, SENDER_LENGTH)).toString('ascii');
  const box = bytes.subarray(SENDER_LENGTH);
  const opened = withEachKey(seed, (one) => openBy(one, sender, box));
  if (opened === undefined) throw Failure.terminal('LK-KEY-003');
  return opened;
}

function openBy(seed: string, sender: string, box: Uint8Array): Uint8Array | undefined {
  const keys = fromCurveSeed(Buffer.from(seed, 'ascii'));
  try {
    return keys.open(box, sender) ?? undefined;
  } catch {
    // Whatever nkeys says of it, the caller's answer is the one that helps.
    return undefined;
  } finally {
    keys.clear();
  }
}

/** Compares two texts in a time that does not tell where they differ. */
export function equalSecrets(a: string, b: string): boolean {
  const left = Buffer.from(a, 'utf8');
  const right = Buffer.from(b, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}
