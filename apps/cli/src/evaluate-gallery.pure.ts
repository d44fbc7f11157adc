import { clopperPearson } from './figures/clopper-pearson.pure.js';

/** A probe that was searched for. */
export interface Probe {
  /** Who it really is. */
  readonly personId: string;
  /** Whether that person is in the gallery. */
  readonly enrolled: boolean;
  /** Who it was taken for; `undefined`: unknown, or no face was found. */
  readonly named: string | undefined;
}

/** The figures of a 1:N search; `fpir` and `fnir` as fractions, `null` without such probes. */
export interface GalleryFigures {
  readonly right: number;
  readonly wrong: number;
  readonly unknown: number;
  readonly fpir: number | null;
  readonly fnir: number | null;
  /** Exact 95 % intervals, as if all probes were independent. */
  readonly fpirLow: number | null;
  readonly fpirHigh: number | null;
  readonly fnirLow: number | null;
  readonly fnirHigh: number | null;
  readonly strangerProbes: number;
  readonly enrolledProbes: number;
}

/**
 * `right`: named rightly, or a stranger who stayed unknown; `wrong`: given to another person; `unknown`: enrolled
 * but not found. `fpir`: strangers named / strangers; `fnir`: enrolled probes not named right / enrolled probes.
 */
export function galleryFigures(probes: readonly Probe[]): GalleryFigures {
  const strangers = probes.filter((probe) => !probe.enrolled);
  const enrolled = probes.filter((probe) => probe.enrolled);
  const found = enrolled.filter((probe) => probe.named === probe.personId).length;
  const unknown = enrolled.filter((probe) => probe.named === undefined).length;
  const named = strangers.filter((probe) => probe.named !== undefined).length;
  const fpir = clopperPearson(named, strangers.length);
  const fnir = clopperPearson(enrolled.length - found, enrolled.length);
  return {
    right: found + strangers.length - named,
    wrong: enrolled.length - found - unknown + named,
    unknown,
    fpir: share(named, strangers.length),
    fnir: share(enrolled.length - found, enrolled.length),
    fpirLow: fpir?.low ?? null,
    fpirHigh: fpir?.high ?? null,
    fnirLow: fnir?.low ?? null,
    fnirHigh: fnir?.high ?? null,
    strangerProbes: strangers.length,
    enrolledProbes: enrolled.length,
  };
}

/** A liveness per picture; `undefined` where no face was found. */
export type LivenessReading = number | undefined;

/** The figures of presentation attack detection (ISO/IEC 30107-3), over the pictures in which a face was found. */
export interface LivenessFigures {
  /** Attacks taken for live / attacks. */
  readonly apcer: number | null;
  /** Live ones taken for an attack / live ones. */
  readonly bpcer: number | null;
  readonly undetected: number;
  /** Exact 95 % intervals, as if all pictures were independent. */
  readonly apcerLow: number | null;
  readonly apcerHigh: number | null;
  readonly bpcerLow: number | null;
  readonly bpcerHigh: number | null;
  readonly attacks: number;
  readonly living: number;
}

/** @param threshold liveness at or above which a face counts as live */
export function livenessFigures(
  live: readonly LivenessReading[],
  spoof: readonly LivenessReading[],
  threshold: number,
): LivenessFigures {
  const seenLive = live.filter((reading) => reading !== undefined);
  const seenSpoof = spoof.filter((reading) => reading !== undefined);
  const passed = seenSpoof.filter((reading) => reading >= threshold).length;
  const refused = seenLive.filter((reading) => reading < threshold).length;
  const apcer = clopperPearson(passed, seenSpoof.length);
  const bpcer = clopperPearson(refused, seenLive.length);
  return {
    apcer: share(passed, seenSpoof.length),
    bpcer: share(refused, seenLive.length),
    undetected: live.length + spoof.length - seenLive.length - seenSpoof.length,
    apcerLow: apcer?.low ?? null,
    apcerHigh: apcer?.high ?? null,
    bpcerLow: bpcer?.low ?? null,
    bpcerHigh: bpcer?.high ?? null,
    attacks: seenSpoof.length,
    living: seenLive.length,
  };
}

/** The middle of the values; of an even count the mean of the middle two; `null` without values. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
