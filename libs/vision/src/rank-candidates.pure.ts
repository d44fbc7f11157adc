import { cosine, type Embedding } from './compare.pure.js';

/** Someone whom a face may be. */
export interface Candidate {
  readonly personId: string;
  /** Cosine similarity of the face and the person's template, −1..1. */
  readonly similarity: number;
}

export interface RankOptions {
  /** Similarity from which on someone is a candidate; see `thresholdForGallery`. */
  readonly threshold: number;
  /** At most so many candidates. Default 5. */
  readonly limit?: number;
  /** By how much the first must be ahead of the second to be named. Default {@link CLEAR_MARGIN}. */
  readonly margin?: number;
}

/** What a search yields. */
export interface Ranking {
  /** At or above the threshold, the most similar first; empty: the face is unknown. */
  readonly candidates: readonly Candidate[];
  /** The first candidate if nobody else comes near: only then may a name be shown. */
  readonly clearlyAhead: Candidate | undefined;
}

/**
 * The first is clearly ahead if the second is at least this much less similar. Strangers' similarities on LFW have
 * a deviation of about 0.07: two people who both match by chance are seldom further apart than that.
 */
export const CLEAR_MARGIN = 0.08;

/**
 * Turns scores into ranked candidates. Also counts people below the threshold for the margin: somebody at 0.49 is
 * near to somebody at 0.50.
 * @param scores the best matches of the gallery, in any order; at least the two best, each person once
 */
export function rankCandidates(scores: readonly Candidate[], options: RankOptions): Ranking {
  const { threshold, limit = 5, margin = CLEAR_MARGIN } = options;
  const ranked = scores.toSorted(
    (a, b) => b.similarity - a.similarity || (a.personId < b.personId ? -1 : 1),
  );
  const candidates = ranked
    .filter((candidate) => candidate.similarity >= threshold)
    .slice(0, limit);
  const [first] = candidates;
  const second = ranked[1]?.similarity ?? -1;
  const clearlyAhead = first && first.similarity - second >= margin ? first : undefined;
  return { candidates, clearlyAhead };
}

/**
 * The most similar people of a gallery, the most similar first: exact, every template compared. 0.7 µs a template:
 * an index (usearch) pays from some ten thousand people on.
 * @param count how many to return
 */
export function searchGallery(
  gallery: Iterable<readonly [personId: string, template: Embedding]>,
  probe: Embedding,
  count = 6,
): Candidate[] {
  const best: Candidate[] = [];
  for (const [personId, template] of gallery) {
    const similarity = cosine(probe, template);
    if (best.length === count && similarity <= (best.at(-1)?.similarity ?? -1)) continue;
    const at = best.findIndex((other) => other.similarity < similarity);
    best.splice(at === -1 ? best.length : at, 0, { personId, similarity });
    if (best.length > count) best.pop();
  }
  return best;
}
