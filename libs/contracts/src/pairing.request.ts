import { z } from 'zod';
import { defineRequest } from './define.js';
import { doorId } from './words.js';

/** SHA-256 of the UTF-8 text of a kiosk's token (256 random bits), base64url: all that is kept of it. */
export const tokenDigest = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'expected SHA-256 as base64url')
  .meta({ description: 'SHA-256 of the kiosk token (256 random bits), base64url.' });

/** What capture seals for the registry: the code as it was typed, and the digest of the token that the kiosk made. */
export const kioskPairing = z.object({
  code: z
    .string()
    .max(32)
    .meta({ examples: ['K7QM-4FXA'] }),
  tokenDigest,
});
export type KioskPairing = z.infer<typeof kioskPairing>;

/** Lets a kiosk stand at the door for which an operator was given the code. */
export const kioskPair = defineRequest({
  template: 'lk.v1.kiosk.pair',
  summary:
    'Pair a kiosk with the door of a one-time code. The payload is a sealed box (base64url) for the registry that holds a `kioskPairing`; asked again with the same, it is answered the same.',
  requestContentType: 'text/plain',
  timeoutMs: 5_000,
  reply: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), door: doorId, name: z.string() }),
    z.object({ ok: z.literal(false), code: z.string(), message: z.string() }),
  ]),
  example: { ok: true, door: 'library-north', name: 'Library, north entrance' },
});
export type KioskPaired = z.infer<typeof kioskPair.reply>;
