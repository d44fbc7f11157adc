import { doorId, objectKey, personId } from '@latchkey/contracts';
import { z } from 'zod';
import { page, pageLimit, pageQuery, time } from '../http/words.schemas.js';

const kind = z.enum(['visitor', 'alarm']).meta({
  description: '`visitor`: an unknown person was denied; `alarm`: what guards must know.',
});

/** An alert's id is its event's. */
export const alertId = z
  .string()
  .min(1)
  .max(200)
  .meta({
    description: 'The alert: the `id` of its event.',
    examples: ['0198f6a2-7d10-7b2e-8c44-5a1f9e2d3c21:outcome'],
  });

export const alert = z
  .object({
    id: alertId,
    kind,
    type: z.string().meta({ description: "The event's type." }),
    door: doorId.nullable(),
    at: time,
    person: personId.nullable().meta({ description: 'Whom the face or the code was of.' }),
    reason: z.string().meta({ examples: ['unknown', 'mismatch', 'not-live', 'wrong-code'] }),
    evidence: objectKey.nullable().meta({ description: 'The photograph: `/evidence/{key}`.' }),
    acknowledged: z
      .object({
        by: z.string(),
        at: time,
        note: z.string().nullable(),
        person: personId.nullable().meta({ description: 'As whom the visitor was registered.' }),
      })
      .nullable()
      .meta({ description: 'Who saw to it first; null: nobody yet.' }),
  })
  .meta({ id: 'Alert' });
export type AlertAnswer = z.infer<typeof alert>;

export const alertParams = z.object({ id: alertId });

export const alertsQuery = z.object({
  kind: kind.optional().meta({ description: 'Only visitors, or only alarms.' }),
  state: z
    .enum(['open', 'acknowledged'])
    .optional()
    .meta({ description: 'Only those that nobody, or that somebody, has seen to.' }),
  cursor: pageQuery.shape.cursor,
  limit: pageLimit(50),
});

export const alerts = page(alert, 'alerts').extend({
  open: z.int().min(0).meta({ description: 'How many of that kind are open in all.' }),
});

/** The body of POST /alerts/{id}/acknowledge; it may be left out. */
export const acknowledging = z
  .object({
    note: z
      .string()
      .trim()
      .max(500)
      .optional()
      .meta({ description: 'What was found. It goes when the person of the alert is forgotten.' }),
    person: personId.optional().meta({
      description:
        'As whom the visitor was registered. The photograph and the note go when that person is forgotten.',
    }),
  })
  .prefault({});
