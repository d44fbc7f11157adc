import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A code: 128 random bits in base64url. */
const CODE = /^LK1\.[A-Za-z0-9_-]{22}$/;
const CODE_BYTES = 16;
const TOKEN_BYTES = 32;

/** A new code's text, from the system's random numbers. */
export function newCodeText(): string {
  return `LK1.${randomBytes(CODE_BYTES).toString('base64url')}`;
}

/** Whether a text has the form of a code. */
export function isCodeText(text: string): boolean {
  return CODE.test(text);
}

/** What the registry keeps of a code: which pepper it was, a dot, HMAC-SHA256 under that pepper in base64url. */
export function digestOf(pepper: Uint8Array, text: string): string {
  return `${pepperId(pepper)}.${hmac(pepper, text)}`;
}

/**
 * What a code may be kept as, while peppers are rotated: the newest first, then as its predecessors made it, and as it was
 * made before a digest said by which pepper.
 */
export function digestsOf(peppers: readonly Uint8Array[], text: string): string[] {
  return [
    ...peppers.map((pepper) => digestOf(pepper, text)),
    ...peppers.map((pepper) => hmac(pepper, text)),
  ];
}

/** Whether the pepper made the digest; one that does not say so may be of any. */
export const isByPepper = (pepper: Uint8Array, digest: string): boolean =>
  digest.startsWith(`${pepperId(pepper)}.`);

/** A name for the pepper that tells nothing of it. */
const pepperId = (pepper: Uint8Array): string => hmac(pepper, 'latchkey pepper').slice(0, 8);

const hmac = (key: Uint8Array, text: string): string =>
  createHmac('sha256', key).update(text, 'utf8').digest('base64url');

/** A new kiosk token (256 random bits) and its digest (SHA-256, base64url), by which it is known from then on. */
export function newKioskToken(): { token: string; digest: string } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, digest: createHash('sha256').update(token, 'utf8').digest('base64url') };
}
