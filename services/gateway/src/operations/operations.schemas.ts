import {
  auditAction,
  auditCheckpoint,
  auditLink,
  delivery,
  doorId,
  instanceHealth,
  keptEvaluation,
  doorPresence,
  modelPack,
  personId,
  replayDeadLetter,
  serviceNames,
} from '@latchkey/contracts';
import { z } from 'zod';
import type { CursorShape } from '../events/cursors.js';
import { moment, page, pageQuery, time } from '../http/words.schemas.js';

/** A cursor of a list that one stream holds: the sequence number to go on from. */
export const sequenceShape: CursorShape = {
  pattern: /^\d{1,15}$/,
  expected: 'the `next` of the page before',
};

export const deliveryQuery = pageQuery.extend({
  state: delivery.shape.state
    .optional()
    .meta({ description: 'Only these; a page may then hold fewer than its limit.' }),
});
const deliveryKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'the `id` of a delivery')
  .meta({ description: 'Its id.', examples: ['n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg'] });
export const deliveryParams = z.object({ id: deliveryKey });
export const deliveryAnswer = z
  .object({ id: deliveryKey, ...delivery.omit({ at: true }).shape, at: time })
  .meta({ id: 'Delivery' });
export const deliveries = page(deliveryAnswer, 'deliveries');
export const sentAgain = z.object({
  outcome: z.enum(['new-code', 'sent', 'nothing-to-do']).meta({
    description:
      '`new-code`: a new code is being mailed, the old one is void; `sent`: the mail went out; `nothing-to-do`: its recipient was forgotten meanwhile, or it had been sent.',
  }),
});

/** A dead letter without its payload, which may be anything. */
export const deadLetterParams = z.object({
  id: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, 'the `id` of a dead letter')
    .transform(Number)
    .meta({ description: 'Its place in the dead letters.', override: { type: 'string' } }),
});
export const deadLetter = z
  .object({
    id: z.int().min(1).meta({ description: 'Its place in the dead letters.' }),
    stream: z.string(),
    consumer: z.string().meta({ description: 'Who could not handle it.' }),
    event: z.string().nullable().meta({ description: 'The id of the event in it.' }),
    subject: z.string().nullable().meta({ description: 'Where it was published.' }),
    sequence: z
      .int()
      .nullable()
      .meta({ description: 'null also for whoever may not hear of all that it counts.' }),
    deliveries: z.int().nullable().meta({ description: 'How often it was tried.' }),
    code: z.string().nullable(),
    reason: z.string().nullable(),
    correlationId: z.string().nullable(),
    sizeBytes: z.int().min(0),
    at: time,
  })
  .meta({ id: 'DeadLetter' });
export type DeadLetter = z.infer<typeof deadLetter>;
export const replayed = replayDeadLetter.reply;
export const deadLetters = page(deadLetter, 'deadLetters');

export const models = z
  .object({
    pack: modelPack.nullable().meta({
      description: 'Which models the face workers run; null: no worker answers.',
    }),
    evaluations: z.array(keptEvaluation).meta({
      description: 'The newest report of each kind that `latchkey evaluate --keep` has kept.',
    }),
  })
  .meta({ id: 'Models' });

export const auditQuery = pageQuery.extend({
  since: moment
    .optional()
    .meta({ description: 'From when on; without it, all.', override: { type: 'string' } }),
  until: moment
    .optional()
    .meta({ description: 'Before when; without it, all.', override: { type: 'string' } }),
  by: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'Only what this operator or service did.', examples: ['operator'] }),
  action: auditAction.optional().meta({ description: 'Only this.' }),
  person: personId.optional().meta({ description: 'Only what concerns this person.' }),
  door: doorId.optional().meta({ description: 'Only what concerns this door.' }),
});
const settings = z.record(z.string(), z.unknown()).nullable();
export const auditEntry = z
  .object({
    id: z.string(),
    at: time,
    by: z.string().meta({ description: 'Who: an operator, or the service that did it by itself.' }),
    action: auditAction,
    subject: z.string().meta({
      description: 'To what: a person, a door, the number of a dead letter, the id of a delivery.',
    }),
    person: personId.nullable(),
    door: doorId.nullable(),
    detail: z.string(),
    outcome: z.string().meta({
      description:
        '`done`, `begun` (how it ended was not noted), a word such as `handled`, or the code of the failure.',
      examples: ['done', 'LK-MAIL-002'],
    }),
    before: settings.meta({ description: 'The settings that differ, as they were; null: none.' }),
    after: settings.meta({ description: 'The same, as they are from then on; null: none.' }),
  })
  .meta({ id: 'AuditEntry' });
export const audit = page(auditEntry, 'entries');

/** The chain as the registry stores it: whoever checks it needs each field as it is. */
export const auditChain = z
  .object({
    links: z.array(auditLink).meta({ description: 'In the order in which they are stored.' }),
    checkpoints: z.array(auditCheckpoint).meta({
      description:
        'What the registry signed of these links; with the last page, of links beyond it too.',
    }),
    next: z.string().nullable().meta({ description: 'The next page’s cursor; null: no more.' }),
  })
  .meta({ id: 'AuditChain' });

const health = z.enum(['ok', 'not-ready', 'away']).meta({
  description:
    '`ok`: all instances are ready; `not-ready`: some that are up are not; `away`: nobody answers.',
});
const part = z.object({
  name: z.enum(['broker', ...serviceNames]),
  health,
  detail: z.string().meta({ description: 'What is wrong, or what was answered.' }),
  instances: z.array(instanceHealth).meta({ description: 'Each instance that answered.' }),
});
export type Part = z.infer<typeof part>;
export const status = z
  .object({
    ready: z.boolean().meta({ description: 'All parts below are `ok`.' }),
    at: time,
    parts: z.array(part).meta({ description: 'The broker and every service.' }),
    connected: z
      .array(doorPresence)
      .meta({ description: 'What each capture has connected at each door.' }),
    streams: z
      .array(
        z.object({
          name: z.string(),
          messages: z.int().min(0),
          sizeBytes: z.int().min(0),
          lastSequence: z.int().min(0),
        }),
      )
      .meta({
        description:
          'How full each is; for whoever may not hear of silent alarms without those that count them.',
      }),
    consumers: z.array(
      z.object({
        name: z.string(),
        stream: z.string(),
        waiting: z.int().min(0).meta({ description: 'Messages not yet handed out.' }),
        underWay: z.int().min(0).meta({ description: 'Handed out, not yet settled.' }),
      }),
    ),
  })
  .meta({ id: 'Status' });
export type StatusAnswer = z.infer<typeof status>;
