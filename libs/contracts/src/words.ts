import { z } from 'zod';

/** A door's id: it is a subject token and a part of addresses, so lower case, digits and dashes only. */
export const doorId = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/,
    'a door id is 1-48 lower-case letters, digits and inner dashes',
  )
  .meta({ description: 'The door.', examples: ['library-north'] });

/** A camera's id within its door. */
export const cameraId = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/,
    'a camera id is 1-32 lower-case letters, digits and inner dashes',
  )
  .meta({ description: 'The camera within its door.', examples: ['main'] });

/** A person's id, chosen at registration (a staff or student number); it is a key of the gallery bucket. */
export const personId = z
  .string()
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?$/,
    'a person id is 1-64 letters, digits, inner - and _',
  )
  .meta({ description: 'The person, by id only.', examples: ['s1024'] });

/** One access attempt at one door, from the first face to its one outcome. */
export const attemptId = z.uuid().meta({ description: 'The attempt.' });

/** One frame of one camera. */
/** One connection of a camera. Whoever connects in its place, though under its name, comes by another one. */
export const lineId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,36}$/)
  .meta({
    description:
      'Which connection of the camera it came by: drawn at random when it connects. Left out by a sender that has no more than one.',
  });

export const frameId = z.uuid().meta({ description: 'The frame.' });

/** A moment in milliseconds since 1970 by the broker's clock, the only clock that counts. */
export const epochMs = z
  .int()
  .nonnegative()
  .meta({ description: 'Milliseconds since 1970-01-01T00:00Z.' });

/** A fraction from 0 to 1. */
export const fraction = z.number().min(0).max(1);

/** A cosine similarity. */
export const similarity = z.number().min(-1).max(1);

/** A name of an object in the `snapshots` or `evidence` store. */
export const objectKey = z.string().regex(/^[A-Za-z0-9._-]{1,160}$/);

/** A sealed box (an nkeys curve key's), as base64url: only the holder of one private key reads it. */
export const sealed = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(16_384)
  .meta({ description: 'A sealed box (X25519, XSalsa20-Poly1305), base64url.' });

/** A rectangle in pixels of the frame it was seen in. */
export const box = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
});

export type Box = z.infer<typeof box>;
