import { doorId, objectKey } from '@latchkey/contracts';
import { z } from 'zod';
import { alertId } from '../happened/alerts.schemas.js';
import { time } from '../http/words.schemas.js';

const MOST = 100;

export const likenessQuery = z.object({
  alerts: z
    .string()
    .max(20_000)
    .default('')
    .transform((ids) => (ids === '' ? [] : ids.split(',')))
    .pipe(z.array(alertId).max(MOST, `at most ${MOST} at once`))
    .meta({
      description:
        'The visitors, by the ids of their alerts, with commas between them; none: only whether any are compared.',
      override: { type: 'string' },
    }),
});

const sighting = z.object({
  alert: alertId,
  door: doorId,
  at: time,
  evidence: objectKey.meta({ description: 'The photograph: `/evidence/{key}`.' }),
});

const seenBefore = z.object({
  alert: alertId,
  times: z
    .int()
    .min(1)
    .meta({ description: 'How often someone like that was seen, this once included.' }),
  doors: z.int().min(1).meta({ description: 'At how many doors.' }),
  sightings: z.array(sighting).max(20).meta({ description: 'The newest first.' }),
});

export const likeness = z
  .object({
    kept: z.boolean().meta({ description: 'Whether the site compares strangers with each other.' }),
    days: z.int().min(0).meta({ description: 'After so many days a sighting goes.' }),
    visitors: z
      .array(seenBefore)
      .meta({ description: 'Those of the visitors whose face could be compared.' }),
  })
  .meta({ id: 'Likeness' });
