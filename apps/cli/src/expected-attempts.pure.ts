import { thresholdForGallery } from '@latchkey/vision';
import { agreeingLooks, majorityOf } from './figures/agreeing-looks.pure.js';
import { personNotNamed, strangerNamed } from './figures/clearly-ahead.pure.js';
import { fmrAt, fnmrAt } from './figures/measured-once.pure.js';
import { GALLERY_SIZES } from './figures/scored-looks.pure.js';

/** What is to be expected of a gallery of that size: extrapolated from what was measured with 153 people, not measured. */
export interface Expected {
  readonly [figure: string]: number;
  readonly threshold: number;
  /** A stranger is taken for someone, in a look; and in an attempt too, were all its looks alike: the worst case. */
  readonly fpirLook: number;
  /** In an attempt, were its looks independent of each other: the best case. */
  readonly fpirAttempt: number;
  readonly fnirLook: number;
  readonly fnirAttempt: number;
  /** 95 %, from the counts behind the FMR and FNMR alone. */
  readonly fpirLookLow: number;
  readonly fpirLookHigh: number;
  readonly fnirLookLow: number;
  readonly fnirLookHigh: number;
  /** In an attempt, were its looks as much alike as those measured here. */
  readonly fpirLikely: number;
  readonly fpirLikelyLow: number;
  readonly fpirLikelyHigh: number;
  readonly fnirLikely: number;
  readonly fnirLikelyLow: number;
  readonly fnirLikelyHigh: number;
  /** A look names a stranger; a look doesn't name who is enrolled. */
  readonly fpirNamedLook: number;
  readonly fnirNamedLook: number;
}

/** How much alike the looks of an attempt are, 0..1: of a stranger with one template, and of a person with their own. */
export interface LookCorrelations {
  readonly impostor: number;
  readonly genuine: number;
}

/** Nothing is known of looks: as if the five were one. */
export const ALL_ALIKE: LookCorrelations = { impostor: 1, genuine: 1 };

/**
 * 3 of 5 looks must agree, so the truth of an attempt lies between a look's figure and the attempt's. FPIR = 1 − (1 − FMR)^N, with
 * comparisons taken as independent (ISO/IEC 19795-1; Wayman 1999): relatives and people of one age and descent are not, so a campus may do worse.
 */
export function expectedAt(people: number, correlations: LookCorrelations = ALL_ALIKE): Expected {
  const threshold = thresholdForGallery(people);
  const [fmr, fnmr] = [fmrAt(threshold), fnmrAt(threshold)];
  const any = (share: number) => -Math.expm1(people * Math.log1p(-share));
  const fpirLook = any(fmr.share);
  const strangers = (share: number) => any(agreeingLooks(share, correlations.impostor));
  return {
    threshold,
    fpirLook,
    fpirAttempt: majorityOf(fpirLook),
    fnirLook: fnmr.share,
    fnirAttempt: majorityOf(fnmr.share),
    fpirLookLow: any(fmr.low),
    fpirLookHigh: any(fmr.high),
    fnirLookLow: fnmr.low,
    fnirLookHigh: fnmr.high,
    fpirLikely: strangers(fmr.share),
    fpirLikelyLow: strangers(fmr.low),
    fpirLikelyHigh: strangers(fmr.high),
    fnirLikely: agreeingLooks(fnmr.share, correlations.genuine),
    fnirLikelyLow: agreeingLooks(fnmr.low, correlations.genuine),
    fnirLikelyHigh: agreeingLooks(fnmr.high, correlations.genuine),
    fpirNamedLook: strangerNamed(people, threshold),
    fnirNamedLook: personNotNamed(people, threshold),
  };
}

/** What is to be expected of each size: `extrapolated100` and so on. */
export function expectedReport(correlations?: LookCorrelations): Record<string, Expected> {
  return Object.fromEntries(
    GALLERY_SIZES.map((size) => [`extrapolated${size}`, expectedAt(size, correlations)]),
  );
}
