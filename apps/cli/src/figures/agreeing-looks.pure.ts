import { AGREE, LOOKS } from './attempt.pure.js';
import { normalTail, normalTailAt } from './normal-tail.pure.js';

const CHOOSE_OF_5 = [1, 5, 10, 10, 5, 1];

/** How often at least 3 of 5 independent looks do what one does with that probability (binomial). */
export function majorityOf(share: number): number {
  let sum = 0;
  for (let hits = AGREE; hits <= LOOKS; hits++)
    sum += (CHOOSE_OF_5[hits] ?? 0) * share ** hits * (1 - share) ** (LOOKS - hits);
  return sum;
}

const STEPS = 4000;
const WIDEST = 9;

/**
 * The same for looks that resemble each other: each has a normal score, of which one part is the attempt's and the same in all
 * five, the rest the look's own (the one-factor model: Vasicek 1987). At a correlation of 0 it is {@link majorityOf}, at 1 a look's share.
 * @param share how often one look does it, 0..1
 * @param correlation of two looks' scores, 0..1
 */
export function agreeingLooks(share: number, correlation: number): number {
  if (share <= 0 || share >= 1 || correlation >= 1) return Math.min(1, Math.max(0, share));
  if (correlation <= 0) return majorityOf(share);
  const limit = normalTailAt(share);
  const [common, own] = [Math.sqrt(correlation), Math.sqrt(1 - correlation)];
  let sum = 0;
  const width = (2 * WIDEST) / STEPS;
  for (let step = 0; step < STEPS; step++) {
    const u = -WIDEST + (step + 0.5) * width;
    sum += Math.exp((-u * u) / 2) * majorityOf(normalTail((limit - common * u) / own));
  }
  return (sum * width) / Math.sqrt(2 * Math.PI);
}

/** Scores that belong together: of one attempt and one template. */
export type Group = readonly number[];

/**
 * How much the scores of one group are alike, beside those of others: the intraclass correlation ICC(1), by one-way analysis of
 * variance (Shrout and Fleiss, 1979), for groups of one size.
 * @returns 0..1; null where there are too few
 */
export function intraclassCorrelation(groups: readonly Group[]): number | null {
  const size = groups[0]?.length ?? 0;
  if (groups.length < 2 || size < 2) return null;
  const means = groups.map(mean);
  const all = mean(means);
  const between =
    (size * means.reduce((sum, one) => sum + (one - all) ** 2, 0)) / (groups.length - 1);
  const within =
    groups
      .flatMap((group, at) => group.map((one) => (one - (means[at] ?? 0)) ** 2))
      .reduce(add, 0) /
    (groups.length * (size - 1));
  const total = between + (size - 1) * within;
  return total === 0 ? null : Math.max(0, (between - within) / total);
}

const add = (sum: number, one: number) => sum + one;
const mean = (values: readonly number[]) => values.reduce(add, 0) / values.length;
