import { z } from 'zod';

/** A moment in answers. */
export const time = z.iso
  .datetime()
  .meta({ description: 'UTC, ISO 8601.', examples: ['2026-11-22T09:30:00.000Z'] });

/** A moment in questions: ISO 8601 with an offset, or milliseconds since 1970. */
export const moment = z
  .union(
    [
      z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
      z
        .string()
        .regex(/^\d{1,14}$/)
        .transform(Number),
    ],
    'expected ISO 8601 with its offset, such as 2026-11-22T09:30:00Z, or milliseconds since 1970',
  )
  .meta({
    description: 'ISO 8601, or milliseconds since 1970.',
    examples: ['2026-11-22T09:30:00Z'],
    override: { type: 'string' },
  });

/** How many a page has at most. */
export function pageLimit(usual: number) {
  return z.coerce
    .number()
    .int('expected a whole number')
    .min(1)
    .max(500)
    .default(usual)
    .meta({ description: 'How many one page has at most.' });
}

/** The query of a paged list. */
export const pageQuery = z.object({
  limit: pageLimit(50),
  cursor: z
    .string()
    .max(500)
    .optional()
    .meta({ description: 'The `next` of the page before; without it: the first page.' }),
});

/** A page of a list: its items under their name, and how to get the next page. */
export function page<Item extends z.ZodType, Name extends string>(item: Item, name: Name) {
  const items = { [name]: z.array(item) } as Record<Name, z.ZodArray<Item>>;
  return z.object({
    ...items,
    next: z.string().nullable().meta({ description: 'The next page’s cursor; null: no more.' }),
  });
}

/** `If-Match`: the version that was read, so that no change of another is overwritten unseen. */
export const ifMatch = z.object({
  'if-match': z
    .string()
    .regex(/^"\d{1,9}"$/, 'the ETag that was read, such as "3"')
    .transform((tag) => Number(tag.slice(1, -1)))
    .meta({ description: 'The ETag that was read.', override: { type: 'string' } }),
});
