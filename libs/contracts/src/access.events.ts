import { z } from 'zod';
import { defineEvent } from './define.js';
import { username } from './operator.values.js';
import { openingSignature } from './opening.js';
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

const expiresAt = epochMs.meta({ description: 'A relay ignores it from then on.' });
const signature = openingSignature.optional();
const grant = attempt.extend({ person: personId, score: similarity, expiresAt, signature });

export const accessGranted = defineEvent({
  template: 'lk.v1.access.{door}.granted',
  stream: 'ACCESS',
  summary: 'The door opens. The broker republishes it, once stored, on lk.v1.open.<door>.',
  data: grant,
  example: {
    ...example,
    person: 's1024',
    score: 0.71,
    expiresAt: 1_790_000_002_000,
    signature: 'b'.repeat(86),
  },
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

const ordered = z.object({
  door: doorId,
  at: epochMs,
  operator: username.meta({ description: 'Who ordered it, by username.' }),
  expiresAt,
  signature,
});

/** A test of a lock, ordered by an administrator: nobody is let in, no code is used. Only the registry may publish it. */
export const lockTest = defineEvent({
  template: 'lk.v1.lock-test.{door}',
  stream: 'LOCKTESTS',
  summary: 'Try the lock. The broker republishes it, once stored, on lk.v1.open.<door>.',
  data: ordered,
  example: {
    door: example.door,
    at: example.at,
    operator: 'ines',
    expiresAt: 1_790_000_005_000,
    signature: 'b'.repeat(86),
  },
  invalid: [
    { why: 'which door?', data: { at: 1, operator: 'ines', expiresAt: 2 } },
    {
      why: 'a relay could not tell an old test from a new one',
      data: { door: example.door, at: 1, operator: 'ines' },
    },
    {
      why: 'somebody answers for it',
      data: { door: example.door, at: 1, expiresAt: 2 },
    },
  ],
});

/**
 * What a lock's relay hears: the stored grant, or the stored test of a lock, republished by the broker. A relay
 * opens only where the signature holds; it needs that, the id, `door` and `expiresAt` alone, the rest says what it was.
 */
export const doorOpen = defineEvent({
  template: 'lk.v1.open.{door}',
  carries: [accessGranted.type, lockTest.type],
  stream: null,
  summary:
    'Open the door: the stored grant, or test of the lock, republished by the broker itself.',
  data: ordered.extend(grant.shape).partial().required({ door: true, at: true, expiresAt: true }),
  example: accessGranted.example,
  invalid: accessGranted.invalid,
});

const alarm = attempt.extend({ person: personId.nullable(), evidence: objectKey.nullable() });
const alarmExample = { ...example, person: 's1024', evidence: null };

export const alarmNotLive = defineEvent({
  template: 'lk.v1.alarm.{door}.not-live',
  stream: 'ALARMS',
  summary: 'A presentation attack is suspected: a face that is not live.',
  data: alarm.extend({
    by: z.enum(['look', 'act', 'replay']).optional().meta({
      description:
        'Its look; an act that was asked for and did not come, or the wrong one; pictures that no camera gives: frozen, looped, or suddenly of another size.',
    }),
  }),
  example: { ...alarmExample, by: 'look' },
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

/** A person opened, or tried to open, a door with their duress code: nobody at the door is told, and only guards may know. */
export const alarmDuress = defineEvent({
  template: 'lk.v1.alarm.{door}.duress',
  stream: 'ALARMS',
  summary:
    'Somebody shows their duress code: help them, and let nobody at the door notice. All else that is told of the attempt is as for any code.',
  data: attempt.extend({
    person: personId,
    opened: z.boolean().meta({ description: 'Whether the door opened.' }),
  }),
  example: { ...example, person: 's1024', opened: true },
  invalid: [
    noDoor,
    { why: 'whom should guards help?', data: { ...example, person: null, opened: true } },
  ],
});
