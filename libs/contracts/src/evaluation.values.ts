import { z } from 'zod';

const figure = z.number().nullable();

/** What `latchkey evaluate` measures. */
export const evaluated = z.enum(['faces', 'gallery', 'liveness', 'codes']);
export type Evaluated = z.infer<typeof evaluated>;

/** A kept report of `latchkey evaluate`: a file in `LK_DATA_DIR/evaluations`. */
export const keptEvaluation = z
  .object({
    what: evaluated,
    at: z.iso.datetime().meta({ description: 'When it was measured.' }),
    pack: z
      .string()
      .nullable()
      .meta({ description: 'With which models, by the id of their pack; null: without any.' }),
    figures: z
      .record(z.string(), z.union([figure, z.record(z.string(), figure)]))
      .meta({ description: 'As `latchkey evaluate` prints them.' }),
  })
  .meta({ id: 'Evaluation' });
export type KeptEvaluation = z.infer<typeof keptEvaluation>;

/** What the maker of a model pack measured and ships with it. */
export const publishedEvaluation = keptEvaluation.omit({ pack: true }).extend({
  dataSet: z.string().meta({ description: 'On which pictures, and what that is worth.' }),
  command: z.string().meta({ description: 'What measures it again.' }),
});

/** The folder of kept reports, within LK_DATA_DIR. */
export const EVALUATIONS_FOLDER = 'evaluations';
