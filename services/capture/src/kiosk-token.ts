import { createHash } from 'node:crypto';
import { equalSecrets } from '@latchkey/runtime';

/** The SHA-256 digest of a kiosk token, base64url: what the door's policy holds and what is kept of a token here. */
export function digestOfToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('base64url');
}

const NO_DIGEST = digestOfToken('no door has this token');

/** Whether a digest is the door's, in a time that tells neither where they differ nor whether the door has one. */
export function isDoorToken(digest: string, expected: string | null | undefined): boolean {
  const equal = equalSecrets(digest, expected ?? NO_DIGEST);
  return equal && expected !== null && expected !== undefined;
}
