import { randomBytes } from 'node:crypto';
import { digestsOf } from './code-text.pure.js';

/** Crockford's base32: no I, L, O or U, so nothing in it looks like anything else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;
const CODE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** How long a pairing code is good for. */
export const PAIRING_LIFE_MS = 10 * 60 * 1_000;

/** A new pairing code of 40 random bits, as it is shown: `K7QM-4FXA`. */
export function newPairingCode(): string {
  // 256 is a multiple of 32, so each character is as likely as any other.
  const characters = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`;
}

/**
 * The keyed digests, by each pepper, of a code as somebody typed it: in any case, with or without dashes and spaces; what Crockford's
 * alphabet leaves out is read as what it looks like. None: it has not the form of a code.
 */
export function pairingDigestsOf(peppers: readonly Uint8Array[], typed: string): string[] {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return CODE.test(code) ? digestsOf(peppers, `pairing:${code}`) : [];
}
