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
  return {
    right: found + strangers.length - named,
    wrong: enrolled.length - found - unknown + named,
    unknown,
    fpir: share(named, strangers.length),
    fnir: share(enrolled.length - found, enrolled.length),
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
}

/** @param threshold liveness at or above which a face counts as live */
export function livenessFigures(
  live: readonly LivenessReading[],
  spoof: readonly LivenessReading[],
  threshold: number,
): LivenessFigures {
  const seenLive = live.filter((reading) => reading !== undefined);
  const seenSpoof = spoof.filter((reading) => reading !== undefined);
  return {
    apcer: share(seenSpoof.filter((reading) => reading >= threshold).length, seenSpoof.length),
    bpcer: share(seenLive.filter((reading) => reading < threshold).length, seenLive.length),
    undetected: live.length + spoof.length - seenLive.length - seenSpoof.length,
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
