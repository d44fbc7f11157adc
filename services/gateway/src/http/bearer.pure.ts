import { createHash, timingSafeEqual } from 'node:crypto';

/** The token of an `Authorization: Bearer …` header; undefined where there is none. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +([\x21-\x7e]{1,512})$/i.exec(header ?? '')?.[1];
}

/** Whether a token is the one whose SHA-256 (32 bytes) is known, in a time that tells nothing of it. */
export function isToken(token: string, digest: Uint8Array): boolean {
  return timingSafeEqual(createHash('sha256').update(token, 'utf8').digest(), digest);
}
