import { LIVE_THRESHOLD } from '@latchkey/vision';
import { expectedAt, type LookCorrelations } from '../expected-attempts.pure.js';
import type { IdentityOf } from './identification.pure.js';
import { MEASURED_ONCE } from './measured-once.pure.js';
import { type JudgedPresentation, livenessCurves } from './presentations.pure.js';
import type { ScoredLook } from './scored-looks.pure.js';
import { type Axis, svgPlot } from './svg-plot.pure.js';

const PERCENT: Axis['ticks'] = [0, 0.2, 0.4, 0.6, 0.8, 1].map((value) => [
  value,
  `${Math.round(value * 100)} %`,
]);
const share = (label: string): Axis => ({ label, scale: 'linear', from: 0, to: 1, ticks: PERCENT });
const rare = (label: string, from: number): Axis => ({
  label,
  scale: 'log',
  from,
  to: 1,
  ticks: [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1]
    .filter((value) => value >= from)
    .map((value) => [value, `${Number((value * 100).toPrecision(1))} %`]),
});

/** APCER by kind of attack and BPCER over the threshold: what a site may choose between. */
export function livenessPlot(judged: readonly JudgedPresentation[]): string {
  const thresholds = Array.from({ length: 101 }, (_, n) => n / 100);
  const curves = livenessCurves(judged, thresholds);
  return svgPlot({
    title: 'Passive liveness: who gets through at which threshold',
    about:
      'For each threshold of liveness from 0 to 1, the share of attacks that pass, by kind, and of living people who are refused.',
    x: { ...share('liveness from which on a look is live'), ticks: tenths() },
    y: share('share of presentations'),
    series: Object.entries(curves).map(([kind, points]) => ({
      label: kind === 'live' ? 'living, refused (BPCER)' : `${kind}, passes (APCER)`,
      points,
    })),
    mark: { x: LIVE_THRESHOLD, label: 'as shipped' },
  });
}

/** Scores of comparisons of one person's looks, and of strangers'. */
export interface Comparisons {
  readonly genuine: readonly number[];
  readonly impostor: readonly number[];
}

/** Each look's scores with each template, parted by whether it is the person's own. */
export function comparisonsOf(looks: readonly ScoredLook[], personOf: IdentityOf): Comparisons {
  const all = looks.flatMap(({ of, scores }) =>
    Object.entries(scores).map(([template, score]) => ({
      isOwn: personOf(template) === personOf(of),
      score,
    })),
  );
  const scoresWhere = (isOwn: boolean) =>
    all.filter((one) => one.isOwn === isOwn).map(({ score }) => score);
  return { genuine: scoresWhere(true), impostor: scoresWhere(false) };
}

/** Detection error trade-off (Martin et al. 1997; ISO/IEC 19795-1): FNMR over FMR, both on logarithmic axes. */
export function detPlot({ genuine, impostor }: Comparisons): string {
  const scores = [...new Set([...genuine, ...impostor])].toSorted((a, b) => a - b);
  const [own, others] = [genuine.toSorted((a, b) => a - b), impostor.toSorted((a, b) => a - b)];
  const points = scores.map((score) => ({
    x: 1 - below(others, score) / others.length,
    y: below(own, score) / own.length,
  }));
  return svgPlot({
    title: 'One look against one template: misses over false matches (DET)',
    about:
      'The share of genuine looks missed over the share of strangers’ looks matched, as the threshold rises; and the four points measured once on LFW that the thresholds follow.',
    x: rare('FMR: strangers’ looks that match', 1e-6),
    y: rare('FNMR: genuine looks that don’t', 1e-3),
    series: [
      { label: 'these pictures', points },
      {
        label: 'LFW at 0.55, 0.50, 0.45, 0.40',
        isDots: true,
        points: MEASURED_ONCE.at.map(({ falseMatches, misses }) => ({
          x: falseMatches / MEASURED_ONCE.comparisons,
          y: misses / MEASURED_ONCE.genuine,
        })),
      },
    ],
  });
}

/** What the threshold that follows the gallery's size lets expect, from 10 people to 20,000: extrapolated. */
export function sizesPlot(correlations: LookCorrelations): string {
  const sizes = Array.from({ length: 67 }, (_, n) => Math.round(10 ** (1 + n / 20)));
  const expected = sizes.map((size) => ({ size, ...expectedAt(size, correlations) }));
  const by = (y: (one: (typeof expected)[number]) => number) =>
    expected.map((one) => ({ x: one.size, y: y(one) }));
  return svgPlot({
    title: 'As the gallery grows: extrapolated, not measured',
    about:
      'For galleries of 10 to 20,000 people, the expected share of strangers taken for someone and of enrolled people missed, a look and an attempt, and the upper end of the interval.',
    x: {
      label: 'people enrolled',
      scale: 'log',
      from: 10,
      to: 20_000,
      ticks: [
        [10, '10'],
        [100, '100'],
        [1_000, '1,000'],
        [10_000, '10,000'],
      ],
    },
    y: rare('share', 1e-4),
    series: [
      { label: 'FPIR, a look', points: by((one) => one.fpirLook) },
      { label: 'FPIR, an attempt', points: by((one) => one.fpirLikely) },
      { label: 'FPIR a look, upper 95 %', points: by((one) => one.fpirLookHigh) },
      { label: 'FNIR, a look', points: by((one) => one.fnirLook) },
      { label: 'FNIR, an attempt', points: by((one) => one.fnirLikely) },
    ],
  });
}

/** How many of sorted values lie below one. */
function below(sorted: readonly number[], value: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 1) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

function tenths(): Axis['ticks'] {
  return [0, 0.2, 0.4, 0.6, 0.8, 1].map((value) => [value, String(value)]);
}
