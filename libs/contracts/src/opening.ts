import { z } from 'zod';

/** An Ed25519 signature (RFC 8032): 64 bytes in base64url. */
export const openingSignature = z
  .string()
  .regex(/^[A-Za-z0-9_-]{86}$/)
  .meta({
    description:
      'Ed25519, in base64url, over the lines `latchkey open 1`, door, event id and expiresAt: only who holds the key can open a lock.',
  });

/** What makes an opening: at which door, which one, and until when. */
export interface Opening {
  readonly door: string;
  /** The event's id. */
  readonly id: string;
  /** Milliseconds since 1970, by the broker's clock. */
  readonly expiresAt: number;
}

/** The text that is signed, in UTF-8: four lines, no line's end after the last. */
export const openingText = ({ door, id, expiresAt }: Opening): string =>
  ['latchkey open 1', door, id, String(expiresAt)].join('\n');
