import { cloudEventEnvelope, doorId } from '@latchkey/contracts';
import { z } from 'zod';
import { moment, page, pageLimit, pageQuery, time } from '../http/words.schemas.js';

const HOUR_MS = 3_600_000;
/** Longer would be an answer of megabytes. */
const LONGEST_MS = 31 * 24 * HOUR_MS;

const asText = { type: 'string' } as const;
export const insightsQuery = z
  .object({
    from: moment.optional().meta({
      description:
        'From when on: the whole hour in which it lies. Without it, 24 hours before `to`.',
      override: asText,
    }),
    to: moment.optional().meta({
      description: 'Until when: the whole hour in which it ends. Without it, now.',
      override: asText,
    }),
    door: doorId
      .optional()
      .meta({ description: 'Only this door, which may have been taken away since.' }),
  })
  .refine(({ from, to }) => from === undefined || from < (to ?? Infinity), {
    path: ['to'],
    message: 'lies after `from`',
  })
  .refine(({ from, to }) => from === undefined || (to ?? Date.now()) - from <= LONGEST_MS, {
    path: ['from'],
    message: 'lies at most 31 days before `to`',
  });

export const insights = z
  .object({
    from: time,
    to: time,
    timeZone: z.string().meta({ description: "The site's time zone, by which hours begin." }),
    hours: z
      .array(
        z.object({
          at: time,
          door: doorId,
          granted: z.int().min(0),
          denied: z.int().min(0),
        }),
      )
      .meta({
        description: 'By hour and door, in that order; hours in which nothing ended are left out.',
      }),
    outcomes: z
      .array(
        z.object({
          outcome: z.enum(['granted', 'denied', 'expired', 'abandoned']),
          reason: z.string().meta({
            description:
              'Why it was denied, during what it expired, how it was abandoned; else empty.',
          }),
          count: z.int().min(1),
        }),
      )
      .meta({ description: 'How attempts ended, the most frequent first.' }),
    timeToOpenMs: z
      .object({
        count: z.int().min(0),
        median: z.number().min(0).nullable(),
        p95: z.number().min(0).nullable(),
        seconds: z
          .array(z.object({ seconds: z.int().min(0), count: z.int().min(1) }))
          .meta({ description: 'How many took so many whole seconds, the fastest first.' }),
      })
      .meta({ description: 'From the first look to the grant; null: nothing was granted.' }),
    livenessRefusals: z
      .int()
      .min(0)
      .meta({ description: 'Denials of faces that did not look live.' }),
  })
  .meta({ id: 'Insights' });
export type InsightsAnswer = z.infer<typeof insights>;

export const entriesQuery = z.object({
  cursor: pageQuery.shape.cursor,
  limit: pageLimit(50),
});
export const entries = page(cloudEventEnvelope, 'events');
