/**
 * How often a stranger reaches a similarity with one enrolled person (FMR a comparison).
 * Measured on LFW through this pipeline with its default models: 153 people enrolled with the mean of 5 samples,
 * 4,128 strangers. The same table has FNMR 0.5 %, 0.7 %, 1.45 % and 3.1 %.
 */
export const MEASURED_FMR = [
  { threshold: 0.4, fmr: 2.5e-4 },
  { threshold: 0.45, fmr: 5.5e-5 },
  { threshold: 0.5, fmr: 8e-6 },
  { threshold: 0.55, fmr: 1.6e-6 },
] as const;

/** A stranger may be taken for someone in one look of a hundred: who is, still has no code. */
export const DEFAULT_TARGET_FPIR = 0.01;

/**
 * However small the gallery, nobody is named below the first: the cameras, light and people of one site make
 * strangers more alike than LFW's are (0.44 between two people of one photograph among the samples), and it costs
 * only 0.2 % more misses than 0.40. Above the second, too many would not be found.
 */
export const THRESHOLD_RANGE = { min: 0.45, max: 0.6 } as const;

/**
 * The similarity from which on a face is a candidate, for a gallery of so many people: the threshold at which a
 * stranger matches none of them with a probability of at least 1 − `targetFpir` a look.
 * The FMR is interpolated log-linearly in the measured table, and carried on with its last slope beyond it.
 * @param people size of the gallery, ≥ 0
 * @param targetFpir 0..1
 * @returns 0.45..0.60: at the default target 0.45 up to 180 people, 0.494 for 1,000, 0.565 for 10,000
 */
export function thresholdForGallery(people: number, targetFpir = DEFAULT_TARGET_FPIR): number {
  if (people < 1) return THRESHOLD_RANGE.min;
  // FPIR = 1 − (1 − FMR)^people, since the comparisons are taken as independent (ISO/IEC 19795-1).
  const fmr = -Math.expm1(Math.log1p(-targetFpir) / people);
  return Math.min(THRESHOLD_RANGE.max, Math.max(THRESHOLD_RANGE.min, thresholdForFmr(fmr)));
}

function thresholdForFmr(fmr: number): number {
  const wanted = Math.log(fmr);
  let segment = 1;
  while (segment < MEASURED_FMR.length - 1 && wanted < Math.log(fmrAt(segment).fmr)) segment++;
  const from = fmrAt(segment - 1);
  const to = fmrAt(segment);
  const share = (wanted - Math.log(from.fmr)) / (Math.log(to.fmr) - Math.log(from.fmr));
  return from.threshold + share * (to.threshold - from.threshold);
}

function fmrAt(index: number): { threshold: number; fmr: number } {
  return MEASURED_FMR[index] as { threshold: number; fmr: number };
}

/**
 * The other way round: how often a stranger is taken for someone, 0..1 a look, with a gallery of so many people.
 * @param threshold similarity, meant for 0.40..0.60
 */
export function expectedFpir(people: number, threshold: number): number {
  let segment = 1;
  while (segment < MEASURED_FMR.length - 1 && threshold > fmrAt(segment).threshold) segment++;
  const from = fmrAt(segment - 1);
  const to = fmrAt(segment);
  const share = (threshold - from.threshold) / (to.threshold - from.threshold);
  const fmr = Math.exp(Math.log(from.fmr) + share * (Math.log(to.fmr) - Math.log(from.fmr)));
  return -Math.expm1(people * Math.log1p(-Math.min(fmr, 1)));
}
