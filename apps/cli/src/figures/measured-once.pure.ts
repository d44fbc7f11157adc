import { clopperPearson, type Interval } from './clopper-pearson.pure.js';

/**
 * What the thresholds rest on: Labeled Faces in the Wild through this pipeline, 153 people enrolled with the mean of 5 samples, looks of
 * 4,128 strangers and 415 of their own (docs/decisions/005). The counts are the published shares times the number of comparisons.
 */
export const MEASURED_ONCE = {
  comparisons: 153 * 4_128,
  genuine: 415,
  at: [
    { threshold: 0.4, falseMatches: 158, misses: 2 },
    { threshold: 0.45, falseMatches: 35, misses: 3 },
    { threshold: 0.5, falseMatches: 5, misses: 6 },
    { threshold: 0.55, falseMatches: 1, misses: 13 },
  ],
} as const;

/** A share, and between what it lies with 95 % confidence, were all comparisons independent (Clopper and Pearson). */
export interface Estimate extends Interval {
  readonly share: number;
}

type Point = Estimate & { readonly threshold: number };

const FMR = pointsOf(({ falseMatches }) => falseMatches, MEASURED_ONCE.comparisons);
const FNMR = pointsOf(({ misses }) => misses, MEASURED_ONCE.genuine);

/** How often a stranger's look reaches a threshold with one template. */
export function fmrAt(threshold: number): Estimate {
  return between(FMR, threshold);
}

/** How often a person's look stays below a threshold with that person's own template. */
export function fnmrAt(threshold: number): Estimate {
  return between(FNMR, threshold);
}

function pointsOf(
  count: (at: (typeof MEASURED_ONCE)['at'][number]) => number,
  whole: number,
): Point[] {
  return MEASURED_ONCE.at.map((at) => {
    const interval = clopperPearson(count(at), whole) ?? { low: 0, high: 1 };
    return { threshold: at.threshold, share: count(at) / whole, ...interval };
  });
}

/** Straight lines between the logarithms, since both shares change by a factor a step; carried on with the last slope. */
function between(points: readonly Point[], threshold: number): Estimate {
  let upper = 1;
  while (upper < points.length - 1 && threshold > (points[upper]?.threshold ?? 1)) upper++;
  const [from, to] = [points[upper - 1], points[upper]] as [Point, Point];
  const way = (threshold - from.threshold) / (to.threshold - from.threshold);
  const share = onTheWay(from.share, to.share, way);
  // Beyond the last point the bounds keep their distance to the line: by their own slopes they would cross.
  const known = Math.min(way, 1);
  const further = share / onTheWay(from.share, to.share, known);
  const bound = (a: number, b: number) => Math.min(1, further * onTheWay(a, b, known));
  return {
    share: Math.min(1, share),
    low: bound(from.low, to.low),
    high: bound(from.high, to.high),
  };
}

const onTheWay = (from: number, to: number, way: number) => from * (to / from) ** way;
