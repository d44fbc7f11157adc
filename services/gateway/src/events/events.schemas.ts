import { cloudEventEnvelope, doorId, fullTypeOf, objectKey, personId } from '@latchkey/contracts';
import { z } from 'zod';
import { moment, pageLimit } from '../http/words.schemas.js';
import { cursor } from './cursor.pure.js';
import { isEventType } from './event-filter.pure.js';

const types = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((list) => list.split(',')))
  .transform((list) => list.map((type) => fullTypeOf(type.trim())))
  .refine(
    (list) => list.length <= 32 && list.every(isEventType),
    'no such type of event; see the event reference',
  )
  .meta({
    description:
      'Types, with or without `lk.v1.`, several by commas: `access.granted,alarm.not-live`.',
    examples: ['access.granted'],
    override: { type: 'string' },
  });

const filter = z.object({
  door: doorId.optional().meta({ description: 'Only what happened at this door.' }),
  type: types.optional().meta({
    description: 'Only these types, with or without `lk.v1.`, several by commas.',
    override: { type: 'string' },
  }),
});

export const eventsQuery = filter.extend({
  person: personId.optional().meta({ description: 'Only what is about this person, by id.' }),
  order: z
    .enum(['oldest', 'newest'])
    .default('oldest')
    .meta({ description: 'Which come first. The pages of one order go on in that order.' }),
  since: moment.optional().meta({
    description:
      'From when on; without it the last 24 hours, or everything with `order=newest`, `person` or `until`.',
    override: { type: 'string' },
  }),
  until: moment
    .optional()
    .meta({ description: 'Before which moment.', override: { type: 'string' } }),
  cursor: cursor
    .optional()
    .meta({ description: 'Where to go on: the `next` of a page, or the `id` of a live event.' }),
  limit: pageLimit(100),
});

/** Whether a question goes to the read model; the others are read from the streams themselves. */
export function isOfHistory(query: {
  readonly order: string;
  readonly person?: string | undefined;
  readonly until?: number | undefined;
}): boolean {
  return query.order === 'newest' || query.person !== undefined || query.until !== undefined;
}

export const eventsPage = z.object({
  events: z
    .array(cloudEventEnvelope)
    .meta({ description: 'CloudEvents 1.0, in the order that was asked for.' }),
  next: z.string().meta({
    description: 'The cursor after these events: for the next page now, or for what is new later.',
  }),
  more: z.boolean().meta({
    description: 'There are more now. A page may hold fewer than `limit` and more follow.',
  }),
});
export type EventsPage = z.infer<typeof eventsPage>;

export const liveQuery = filter.extend({
  since: moment.optional().meta({
    description: 'Begin with what happened from then on; without it, with what is new.',
    override: { type: 'string' },
  }),
});

export const liveHeaders = z.object({
  'last-event-id': cursor
    .optional()
    .meta({ description: 'The `id` of the last event that was read: goes on right after it.' }),
});

export const evidenceParams = z.object({
  key: objectKey.meta({ description: 'The `evidence` of a denial or an alarm.' }),
});
