import { z } from 'zod';
import { defineEvent, defineRequest } from './define.js';
import { box, doorId, fraction, personId, sealed, similarity } from './words.js';

const wish = z.object({ door: doorId });

/** A kiosk's wish to end the attempt. */
export const cancelRequested = defineEvent({
  template: 'lk.v1.request.{door}.cancel',
  stream: null,
  summary: 'The person at the door cancels the attempt.',
  data: wish,
  example: { door: 'library-north' },
  invalid: [{ why: 'which door?', data: {} }],
});

/** A kiosk's wish for a new code: mailed to the address on file, rate-limited. */
export const newCodeRequested = defineEvent({
  template: 'lk.v1.request.{door}.new-code',
  stream: null,
  summary: 'The person at the door asks for a new code by mail.',
  data: wish,
  example: { door: 'library-north' },
  invalid: [{ why: 'which door?', data: {} }],
});

/** What is wrong with a sample, or that nothing is. */
export const sampleVerdict = z.enum([
  'good',
  'no-face',
  'two-faces',
  'too-small',
  'blurred',
  'too-dark',
  'too-bright',
  'eyes-shut',
  'turned-away',
  'not-live',
]);
export type SampleVerdict = z.infer<typeof sampleVerdict>;

/** Judges a picture as an enrolment sample and extracts its template. */
export const faceExtract = defineRequest({
  template: 'lk.v1.face.extract',
  summary:
    'Judge a picture as an enrolment sample and extract its template, sealed for the registry.',
  requestContentType: 'image/jpeg',
  timeoutMs: 5_000,
  reply: z.discriminatedUnion('ok', [
    z.object({
      ok: z.literal(true),
      verdict: sampleVerdict,
      faces: z.int().min(0),
      box: box.nullable(),
      quality: fraction.nullable(),
      liveness: fraction.nullable(),
      /** The template, sealed for the registry; only with the verdict `good`. */
      template: sealed.nullable(),
      /** Enrolled people whom the face resembles, best first. */
      resembles: z.array(z.object({ person: personId, score: similarity })).max(4),
    }),
    z.object({ ok: z.literal(false), code: z.string(), message: z.string() }),
  ]),
  example: {
    ok: true,
    verdict: 'good',
    faces: 1,
    box: { x: 210, y: 120, width: 180, height: 220 },
    quality: 0.9,
    liveness: 0.98,
    template: 'WERWU0VBTEVE',
    resembles: [],
  },
});

/** Every service of a whole campus: one that does not answer `serviceHealth` is away. */
export const serviceNames = [
  'registry',
  'notify',
  'face',
  'qr',
  'auth',
  'capture',
  'gateway',
] as const;
export type ServiceName = (typeof serviceNames)[number];

/** How an instance of a service is. */
export const instanceHealth = z.object({
  instance: z.string().meta({ description: 'Which of them, as in its log lines.' }),
  ready: z.boolean(),
  faults: z
    .array(z.object({ check: z.string(), why: z.string() }))
    .meta({ description: 'The checks that fail, and why; none where it is ready.' }),
  needs: z
    .array(z.object({ key: z.string(), why: z.string() }))
    .optional()
    .meta({ description: 'The rotated keys whose predecessors it still needs, and what for.' }),
  warnings: z
    .array(z.string())
    .optional()
    .meta({ description: 'What works but is set so that it is not safe, and what to do.' }),
});

/** How every instance of every service is; each answers for itself. */
export const serviceHealth = defineRequest({
  template: 'lk.v1.health',
  summary: 'How is every instance? The question is empty, and each instance that is up answers it.',
  requestContentType: 'text/plain',
  timeoutMs: 1_000,
  reply: instanceHealth.extend({
    service: z.string().meta({ description: 'Its name.', examples: ['face'] }),
  }),
  example: {
    service: 'face',
    instance: 'campus-4242',
    ready: false,
    faults: [{ check: 'gallery', why: 'the registry has not filled the gallery yet' }],
  },
});
export type ServiceHealth = z.infer<typeof serviceHealth.reply>;

/** Which dead letter is to be handled once more: its sequence number in the stream DEAD. */
export const replayWish = z.object({ sequence: z.int().min(1) });

/**
 * Handles a dead letter once more. The consumer's own service does, and takes it out of DEAD only once it is handled: the
 * message is not published again, so nobody else hears it twice.
 */
export const replayDeadLetter = defineRequest({
  template: 'lk.v1.replay.{consumer}',
  summary:
    'Handle a dead letter of this consumer once more; the payload names it by its number in the stream DEAD, `{"sequence": 12}`. Where there is no such letter: `LK-BUS-007`. It is gone once it is handled.',
  requestContentType: 'application/json',
  timeoutMs: 45_000,
  reply: z.object({
    outcome: z.enum(['handled', 'nothing-to-do']).meta({
      description: '`nothing-to-do`: it was read, but is nobody’s business any more.',
    }),
  }),
  example: { outcome: 'handled' },
});
export type Replayed = z.infer<typeof replayDeadLetter.reply>;

/** The template that face seals for the registry: unit length, 512 numbers. */
export const templateVector = z.array(z.number()).length(512);
