import { z } from 'zod';
import { doorDisplay } from './door.values.js';
import { box, cameraId, doorId, epochMs, frameId } from './words.js';

/**
 * The kiosk protocol over WebSocket (`/kiosk` at capture). The kiosk's first message is `hello`; after `welcome` it
 * sends each frame as one binary message, a JPEG of at most 900 KiB and 4096 px a side.
 */
export const kioskHello = z.object({
  type: z.literal('hello'),
  door: doorId,
  camera: cameraId.default('kiosk'),
  token: z
    .string()
    .min(20)
    .max(200)
    .meta({ description: "The door's kiosk token; never in an address." }),
});

/** What a kiosk sends as text. */
export const kioskMessage = z.discriminatedUnion('type', [
  kioskHello,
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('new-code') }),
]);
export type KioskMessage = z.infer<typeof kioskMessage>;

/** What capture sends to a kiosk. */
export const kioskUpdate = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), door: doorId, camera: cameraId, at: epochMs }),
  z.object({ type: z.literal('display'), display: doorDisplay }),
  z.object({
    type: z.literal('overlay'),
    frame: frameId,
    /** Which of the kiosk's frames that was: the first binary message of a connection is 1, whatever became of it. */
    frameNumber: z.int().min(1).nullable().default(null),
    capturedAt: epochMs,
    widthPx: z.int(),
    heightPx: z.int(),
    faces: z.array(z.object({ box, name: z.string().nullable() })),
  }),
  z.object({ type: z.literal('error'), code: z.string(), message: z.string() }),
]);
export type KioskUpdate = z.infer<typeof kioskUpdate>;
