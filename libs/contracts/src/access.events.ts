import { z } from 'zod';
import { defineEvent } from './define.js';
import { attemptId, cameraId, doorId, epochMs, objectKey, personId, similarity } from './words.js';

const attempt = z.object({ attempt: attemptId, door: doorId, camera: cameraId, at: epochMs });
const candidates = z.array(z.object({ person: personId, score: similarity })).max(8);

/** Why a door stayed shut. */
export const denialReason = z.enum([
  'unknown',
  'not-live',
  'mismatch',
  'wrong-code',
  'suspended',
  'locked',
  'code-expired',
]);
export type DenialReason = z.infer<typeof denialReason>;

const example = {
  attempt: '0198f6a2-7d10-7b2e-8c44-5a1f9e2d3c21',
  door: 'library-north',
  camera: 'main',
  at: 1_790_000_000_000,
};
const noDoor = { why: 'every access event names its door', data: { ...example, door: undefined } };

export const accessStarted = defineEvent({
  template: 'lk.v1.access.{door}.started',
  stream: 'ACCESS',
  summary: 'Someone stands before a door: a new attempt.',
  data: attempt,
  example,
  invalid: [noDoor],
});

export const accessIdentified = defineEvent({
  template: 'lk.v1.access.{door}.identified',
  stream: 'ACCESS',
  summary: 'A live face was recognised; the door asks for the code.',
  data: attempt.extend({
    candidates: candidates.min(1),
    clear: z
      .boolean()
      .meta({ description: 'One is clearly ahead; else the code decides among the candidates.' }),
    deadline: epochMs,
  }),
  example: {
    ...example,
    candidates: [{ person: 's1024', score: 0.71 }],
    clear: true,
    deadline: 1_790_000_030_000,
  },
  invalid: [
    noDoor,
    {
      why: 'nobody was identified',
      data: { ...example, candidates: [], clear: false, deadline: 1 },
    },
  ],
});

export const accessCodeRefused = defineEvent({
  template: 'lk.v1.access.{door}.code-refused',
  stream: 'ACCESS',
  summary: 'A wrong code was shown; the attempt goes on.',
  data: attempt.extend({
    person: personId.nullable(),
    wrongCount: z
      .int()
      .min(1)
      .meta({ description: 'Wrong showings within the last 10 minutes, this one included.' }),
    remaining: z.int().min(0),
  }),
  example: { ...example, person: 's1024', wrongCount: 2, remaining: 3 },
  invalid: [noDoor],
});

export const accessGranted = defineEvent({
  template: 'lk.v1.access.{door}.granted',
  stream: 'ACCESS',
  summary: 'The door opens. The broker republishes it, once stored, on lk.v1.open.<door>.',
  data: attempt.extend({
    person: personId,
    score: similarity,
    expiresAt: epochMs.meta({ description: 'A relay ignores it from then on.' }),
  }),
  example: { ...example, person: 's1024', score: 0.71, expiresAt: 1_790_000_002_000 },
  invalid: [
    noDoor,
    {
      why: 'a relay could not tell an old grant from a new one',
      data: { ...example, person: 's1024', score: 0.7 },
    },
  ],
});

export const accessDenied = defineEvent({
  template: 'lk.v1.access.{door}.denied',
  stream: 'ACCESS',
  summary: 'The door stays shut, and why.',
  data: attempt.extend({
    reason: denialReason,
    person: personId
      .nullable()
      .meta({ description: 'Whom the face resembles, where one is clearly ahead.' }),
    evidence: objectKey.nullable().meta({ description: 'The sealed photograph in `evidence`.' }),
    lockedUntil: epochMs.nullable(),
  }),
  example: {
    ...example,
    reason: 'unknown',
    person: null,
    evidence: `library-north.${example.attempt}`,
    lockedUntil: null,
  },
  invalid: [
    noDoor,
    {
      why: 'a reason outside the list',
      data: { ...example, reason: 'bad-luck', person: null, evidence: null, lockedUntil: null },
    },
  ],
});

export const accessExpired = defineEvent({
  template: 'lk.v1.access.{door}.expired',
  stream: 'ACCESS',
  summary: 'Time ran out before an outcome.',
  data: attempt.extend({
    person: personId.nullable(),
    during: z.enum(['identifying', 'awaiting-code', 'checking-code']),
  }),
  example: { ...example, person: 's1024', during: 'awaiting-code' },
  invalid: [noDoor],
});

export const accessAbandoned = defineEvent({
  template: 'lk.v1.access.{door}.abandoned',
  stream: 'ACCESS',
  summary: 'The person cancelled or walked away.',
  data: attempt.extend({ person: personId.nullable(), how: z.enum(['cancelled', 'left']) }),
  example: { ...example, person: 's1024', how: 'cancelled' },
  invalid: [noDoor],
});

/** What a lock's relay hears: the stored grant, republished by the broker. Nobody else may publish there. */
export const doorOpen = defineEvent({
  template: 'lk.v1.open.{door}',
  carries: accessGranted.type,
  stream: null,
  summary: 'Open the door: the stored grant, republished by the broker itself.',
  data: accessGranted.data,
  example: accessGranted.example,
  invalid: accessGranted.invalid,
});

const alarm = attempt.extend({ person: personId.nullable(), evidence: objectKey.nullable() });
const alarmExample = { ...example, person: 's1024', evidence: null };

export const alarmNotLive = defineEvent({
  template: 'lk.v1.alarm.{door}.not-live',
  stream: 'ALARMS',
  summary: 'A presentation attack is suspected: a face that is not live.',
  data: alarm,
  example: alarmExample,
  invalid: [noDoor],
});

export const alarmMismatch = defineEvent({
  template: 'lk.v1.alarm.{door}.mismatch',
  stream: 'ALARMS',
  summary: 'The face of one person, the face or the code of another.',
  data: alarm.extend({ by: z.enum(['face', 'code']) }),
  example: { ...alarmExample, by: 'code' },
  invalid: [noDoor],
});

export const alarmWrongCode = defineEvent({
  template: 'lk.v1.alarm.{door}.wrong-code',
  stream: 'ALARMS',
  summary: 'Five wrong codes were shown; the person is locked at that door for a while.',
  data: alarm.extend({ lockedUntil: epochMs.nullable() }),
  example: { ...alarmExample, lockedUntil: 1_790_000_300_000 },
  invalid: [noDoor],
});
