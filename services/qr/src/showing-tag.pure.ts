import { createHmac } from 'node:crypto';

/** Of the digest's 32 bytes: 128 bits tell showings apart. */
const TAG_BYTES = 16;

/**
 * What tells one showing from another without telling its code: a keyed digest (HMAC-SHA-256, cut to 128 bits) of the
 * door and the text, base64url, 22 letters. A door has no NUL in it, so no two pairs are taken for one; and the same
 * code has another tag at another door, so that nobody can follow it over the campus.
 */
export function tagShowing(tagKey: Uint8Array, door: string, text: string): string {
  const digest = createHmac('sha256', tagKey).update(`${door}\0${text}`, 'utf8').digest();
  return digest.subarray(0, TAG_BYTES).toString('base64url');
}
