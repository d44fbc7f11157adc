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

/** What the registry keeps of a code: HMAC-SHA256 under the pepper, base64url. */
export function digestOf(pepper: Uint8Array, text: string): string {
  return createHmac('sha256', pepper).update(text, 'utf8').digest('base64url');
}

/** A new kiosk token (256 random bits) and its digest (SHA-256, base64url), by which it is known from then on. */
export function newKioskToken(): { token: string; digest: string } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, digest: createHash('sha256').update(token, 'utf8').digest('base64url') };
}
