import { z } from 'zod';
import { denialReason } from './access.events.js';
import { challengeAct } from './challenge.pure.js';
import { doorName } from './names.js';
import { tokenDigest } from './pairing.request.js';
import { language } from './person.words.js';
import { attemptId, doorId, epochMs, fraction, personId, sealed } from './words.js';

/** Who hears of an entry at a door, besides the person. */
export const audience = z.enum(['everyone', 'group', 'guards', 'nobody']);
export type Audience = z.infer<typeof audience>;

/** What is set of a door, as it is stored; what an operator may set is `newDoorSettings`. */
export const doorSettings = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{Cc}]+$/u, 'a name stands on one line'),
  audience: audience.default('everyone'),
  group: z.string().max(64).nullable().default(null).meta({ description: 'Whom `group` means.' }),
  liveness: z.enum(['off', 'passive', 'challenge']).default('passive').meta({
    description:
      'How the door tells a living face from a picture: not at all; by its look; or by its look and an act that is asked for.',
  }),
  livenessThreshold: fraction.default(0.5).meta({
    description:
      'A face counts as live from this share on; higher refuses more pictures, and more people.',
  }),
  matchThreshold: z.number().min(0.45).max(0.65).nullable().default(null).meta({
    description:
      'How alike a face must be to someone’s template at this door, as a cosine. It makes a door stricter, never laxer: what the number of people asks for (0.45 to 0.60) holds all the same. null: just that.',
  }),
  codeWaitS: z
    .int()
    .min(5)
    .max(120)
    .default(30)
    .meta({ description: 'How long the door waits for the code.' }),
  openForMs: z
    .int()
    .min(500)
    .max(30_000)
    .default(5_000)
    .meta({ description: 'For relays: how long the lock stays open.' }),
  outOfService: z.boolean().default(false),
});
export type DoorSettings = z.infer<typeof doorSettings>;

/** What an operator may set of a door. Stricter than what is read: a door that was stored with an odd name stays readable. */
export const newDoorSettings = doorSettings.extend({ name: doorName });

/** A value of the `policy` bucket, keyed by door id. */
export const doorPolicy = doorSettings.extend({
  door: doorId,
  kioskTokenDigest: tokenDigest.nullable().meta({
    description: 'SHA-256 of the kiosk token (256 random bits), base64url; null: no kiosk.',
  }),
  version: z.int().min(1),
});
export type DoorPolicy = z.infer<typeof doorPolicy>;

/** What a door is doing. */
export const doorPhase = z.enum([
  'idle',
  'identifying',
  'awaiting-code',
  'checking-code',
  'granted',
  'denied',
  'expired',
  'abandoned',
  'out-of-service',
]);
export type DoorPhase = z.infer<typeof doorPhase>;

/** What the door says beside its phase. */
export const displayHint = z.enum([
  'one-at-a-time',
  'not-our-code',
  'wrong-code',
  'new-code-on-its-way',
  'new-code-too-often',
  'come-closer',
  'keep-showing',
  ...challengeAct.options,
]);

/** A value of the `display` bucket, keyed by door id: what a door shows to the person standing there. */
export const doorDisplay = z.object({
  door: doorId,
  attempt: attemptId.nullable(),
  phase: doorPhase,
  name: z
    .string()
    .max(100)
    .nullable()
    .meta({ description: 'Only where one is clearly ahead and live.' }),
  language: language.nullable().default(null).meta({
    description:
      "The language of the person, from when the name may be shown; null: the door's own.",
  }),
  reason: denialReason.nullable(),
  hint: displayHint.nullable(),
  deadline: epochMs.nullable().meta({ description: 'When the wait for the code ends.' }),
  remaining: z.int().min(0).nullable().meta({ description: 'Wrong showings that are left.' }),
  lockedUntil: epochMs.nullable().default(null).meta({
    description: 'Where the person is locked at the door by wrong codes: until when.',
  }),
  newCodeSent: z.boolean().default(false).meta({
    description:
      'A new code was mailed in this attempt, or shortly before it: to ask for another does nothing more in it.',
  }),
  sentence: z.string().max(200).meta({ description: 'The one large sentence, in English.' }),
  at: epochMs,
});
export type DoorDisplay = z.infer<typeof doorDisplay>;

/**
 * A value of the `presence` bucket: what one capture has connected at a door, for a door may have several. Gone, or older than
 * its 30 s: nothing of the door is connected there.
 */
export const doorPresence = z.object({
  door: doorId,
  capture: z.string().meta({ description: 'The instance of capture that tells.' }),
  kiosks: z.int().min(0).meta({ description: 'How many kiosks are connected.' }),
  cameras: z.int().min(0).meta({ description: 'How many cameras send frames, kiosks among them.' }),
  at: epochMs,
});
export type DoorPresence = z.infer<typeof doorPresence>;

/** The key of what one capture has connected at a door. */
export function presenceKey({ door, capture }: Pick<DoorPresence, 'door' | 'capture'>): string {
  // A dot parts the tokens of a key.
  return `${door}.${capture.replaceAll('.', '=')}`;
}

/** A value of the `gallery` bucket, keyed by person id: a template, sealed for the face workers. */
export const galleryEntry = z.object({
  person: personId,
  version: z.int().min(1),
  sealed: sealed.meta({ description: 'Seals a `galleryTemplate`.' }),
});
export type GalleryEntry = z.infer<typeof galleryEntry>;

/** What a gallery entry seals: the person again, so that entries cannot be swapped, and 512 float32 (little endian, base64url). */
export const galleryTemplate = z.object({
  person: personId,
  version: z.int().min(1),
  vector: z.string().length(2731, '512 float32 as base64url'),
});

/** The value of the `gallery` bucket under the key `manifest.all`: how many entries make it whole. */
export const galleryManifest = z.object({
  count: z.int().min(0),
  revision: z.int().min(0),
  at: epochMs,
});
export type GalleryManifest = z.infer<typeof galleryManifest>;
/** The key of the manifest; it has a dot, so it can be no person's id. */
export const GALLERY_MANIFEST_KEY = 'manifest.all';

/** How the occasion of a code's mail begins in the ledger; why the code was issued follows. */
export const CODE_OCCASION = 'code-';

/** A value of the `deliveries` bucket, keyed by the job's id made a token. */
export const delivery = z.object({
  job: z.string(),
  recipient: personId.nullable(),
  occasion: z.string().max(40),
  state: z.enum(['sent', 'failed', 'superseded']).meta({
    description:
      '`superseded`: a code that was not mailed, and is void since a newer one was issued.',
  }),
  messageId: z.string(),
  tries: z.int().min(1),
  fault: z.string().max(300).nullable(),
  at: epochMs,
});
export type Delivery = z.infer<typeof delivery>;

/** A value of the `acknowledged` bucket, keyed by the alert's event id made a token: the first operator who saw to it. */
export const acknowledgement = z.object({
  alert: z.string().min(1).max(200).meta({ description: "The alert: its event's id." }),
  by: z.string().min(1).max(100).meta({ description: "The operator's name to sign in with." }),
  at: epochMs,
  note: z.string().max(500).nullable(),
  person: personId
    .nullable()
    .default(null)
    .meta({ description: 'As whom the visitor was registered from there.' }),
});
export type Acknowledgement = z.infer<typeof acknowledgement>;
