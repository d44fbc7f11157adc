import { cosine, type Embedding } from '@latchkey/vision';
import { syntheticTemplates } from './synthetic-templates.pure.js';

/** The sizes of gallery that figures are told for. */
export const GALLERY_SIZES = [100, 1_000, 10_000] as const;

/** One look of an attempt, as it was compared. Attempts of one picture of a person are numbered from 0. */
export interface ScoredLook {
  /** The picture that it is of. */
  readonly of: string;
  readonly attempt: number;
  /** Cosine with the template of each who is enrolled, by the picture that it was made of. */
  readonly scores: Readonly<Record<string, number>>;
  /** The highest with one of the synthetic templates that fill the gallery up to each of {@link GALLERY_SIZES}. */
  readonly filled: readonly number[];
}

export interface SeenAttempt {
  readonly of: string;
  readonly attempt: number;
  readonly looks: readonly Embedding[];
}

/** Compares each look with each template, and with as many synthetic ones as fill the gallery. */
export function scoredLooks(
  templates: ReadonlyMap<string, Embedding>,
  attempts: readonly SeenAttempt[],
): ScoredLook[] {
  if (attempts.length === 0) return [];
  const synthetic = syntheticTemplates(
    [...templates.values()],
    Math.max(...GALLERY_SIZES) - templates.size,
  );
  const bests = (look: Embedding) => {
    const all = synthetic.map((template) => cosine(look, template));
    return GALLERY_SIZES.map((size) =>
      all
        .slice(0, Math.max(0, size - templates.size))
        .reduce((best, one) => Math.max(best, one), -1),
    );
  };
  return attempts.flatMap(({ of, attempt, looks }) =>
    looks.map((look) => ({
      of,
      attempt,
      scores: Object.fromEntries(
        [...templates].map(([id, template]) => [id, cosine(look, template)]),
      ),
      filled: bests(look),
    })),
  );
}
