import { clopperPearson } from './figures/clopper-pearson.pure.js';

/** A pair of faces: how alike they are (−1..1; −1 where a face was not found), and whether they are one person. */
export interface ScoredPair {
  readonly similarity: number;
  readonly same: boolean;
}

/** The figures of a 1:1 comparison; shares as fractions, `null` where there is nothing to count. */
export interface PairFigures {
  readonly bestAccuracy: number | null;
  readonly bestThreshold: number | null;
  readonly accuracy10Fold: number | null;
  readonly fnmrAtFmr1e2: number | null;
  readonly fnmrAtFmr1e3: number | null;
  readonly accuracyAtThreshold: number | null;
  /** At the threshold: false matches / impostor pairs, with the exact 95 % interval, as if all pairs were independent. */
  readonly impostorPairs: number;
  readonly falseMatches: number;
  readonly fmr: number | null;
  readonly fmrLow: number | null;
  readonly fmrHigh: number | null;
  /** At the threshold: false non-matches / genuine pairs. */
  readonly genuinePairs: number;
  readonly falseNonMatches: number;
  readonly fnmr: number | null;
  readonly fnmrLow: number | null;
  readonly fnmrHigh: number | null;
}

const FOLDS = 10;

/** All figures of a list of pairs. @param threshold similarity from which on two faces count as one person */
export function pairFigures(pairs: readonly ScoredPair[], threshold: number): PairFigures {
  const best = bestThreshold(pairs);
  const impostors = pairs.filter(({ same }) => !same);
  const genuine = pairs.filter(({ same }) => same);
  const falseMatches = impostors.filter(({ similarity }) => similarity >= threshold).length;
  const falseNonMatches = genuine.filter(({ similarity }) => similarity < threshold).length;
  const fmr = clopperPearson(falseMatches, impostors.length);
  const fnmr = clopperPearson(falseNonMatches, genuine.length);
  return {
    bestAccuracy: best === undefined ? null : accuracyAt(pairs, best),
    bestThreshold: best ?? null,
    accuracy10Fold: accuracyInFolds(pairs),
    fnmrAtFmr1e2: fnmrAtFmr(pairs, 1e-2),
    fnmrAtFmr1e3: fnmrAtFmr(pairs, 1e-3),
    accuracyAtThreshold: pairs.length === 0 ? null : accuracyAt(pairs, threshold),
    impostorPairs: impostors.length,
    falseMatches,
    fmr: fmr && falseMatches / impostors.length,
    fmrLow: fmr?.low ?? null,
    fmrHigh: fmr?.high ?? null,
    genuinePairs: genuine.length,
    falseNonMatches,
    fnmr: fnmr && falseNonMatches / genuine.length,
    fnmrLow: fnmr?.low ?? null,
    fnmrHigh: fnmr?.high ?? null,
  };
}

/** Share of pairs told rightly when a similarity at or above the threshold means one person. */
export function accuracyAt(pairs: readonly ScoredPair[], threshold: number): number {
  return (
    pairs.filter(({ similarity, same }) => similarity >= threshold === same).length / pairs.length
  );
}

/**
 * The threshold with the highest accuracy: the middle between two neighbouring similarities, or beyond the last.
 * Of several that are as good, the lowest. `undefined` without pairs.
 */
export function bestThreshold(pairs: readonly ScoredPair[]): number | undefined {
  const sorted = pairs.toSorted((a, b) => a.similarity - b.similarity);
  const [lowest] = sorted;
  if (!lowest) return undefined;
  // With the threshold below all, every pair counts as one person.
  let right = sorted.filter((pair) => pair.same).length;
  let best = { right, threshold: lowest.similarity };
  sorted.forEach((pair, i) => {
    right += pair.same ? -1 : 1;
    const next = sorted[i + 1]?.similarity ?? pair.similarity + 0.02;
    if (next > pair.similarity && right > best.right)
      best = { right, threshold: (pair.similarity + next) / 2 };
  });
  return best.threshold;
}

/**
 * Ten-fold accuracy: the pairs in the file's order fall into ten runs; each run is judged at the best threshold of
 * the other nine; the mean of the ten. (The protocol of LFW; runs that would be empty are left out.)
 */
export function accuracyInFolds(pairs: readonly ScoredPair[]): number | null {
  const accuracies: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const from = Math.floor((fold * pairs.length) / FOLDS);
    const to = Math.floor(((fold + 1) * pairs.length) / FOLDS);
    const threshold = bestThreshold([...pairs.slice(0, from), ...pairs.slice(to)]);
    if (from === to || threshold === undefined) continue;
    accuracies.push(accuracyAt(pairs.slice(from, to), threshold));
  }
  if (accuracies.length === 0) return null;
  return accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length;
}

/**
 * Share of genuine pairs refused at the lowest threshold whose share of impostor pairs let through is at most `fmr`.
 * `null` if there are no genuine or no impostor pairs.
 */
export function fnmrAtFmr(pairs: readonly ScoredPair[], fmr: number): number | null {
  const genuine = pairs.filter((pair) => pair.same).map((pair) => pair.similarity);
  const impostors = pairs.filter((pair) => !pair.same).map((pair) => pair.similarity);
  if (genuine.length === 0 || impostors.length === 0) return null;
  // The highest impostor who must be refused: everything above is let through.
  const allowed = Math.floor(impostors.length * fmr);
  const refused = impostors.toSorted((a, b) => b - a)[allowed] ?? Number.NEGATIVE_INFINITY;
  return genuine.filter((similarity) => similarity <= refused).length / genuine.length;
}
