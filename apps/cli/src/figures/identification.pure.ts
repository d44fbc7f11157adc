import { rankCandidates, thresholdForGallery } from '@latchkey/vision';
import { verdictOf } from './attempt.pure.js';
import { byPerson, type Trial } from './bootstrap.pure.js';
import { clopperPearson } from './clopper-pearson.pure.js';
import type { KindFigures } from './presentations.pure.js';
import { GALLERY_SIZES, type ScoredLook } from './scored-looks.pure.js';

/** Who stands for each synthetic template: as if they were all one, which agrees with itself the most. */
const NOBODY = ' synthetic';

/** Whose picture it is: one person may be in several. */
export type IdentityOf = (picture: string) => string;

/**
 * FPIR and FNIR of whole attempts (ISO/IEC 19795-1), at the threshold of a gallery of that size, measured. Each attempt is
 * searched for twice: with its person enrolled (a miss where that one is no candidate), and with that one's template left
 * out, as a stranger (false where anybody is a candidate). A person who is not enrolled is searched for as a stranger only.
 * The gallery is the real templates, filled with synthetic ones: so the threshold and the search are those of that size, but the
 * strangers a probe may be taken for are as many as the real ones.
 */
export function identificationFigures(
  looks: readonly ScoredLook[],
  size: (typeof GALLERY_SIZES)[number],
  identityOf: IdentityOf = (picture) => picture,
): KindFigures {
  const threshold = thresholdForGallery(size);
  const enrolled = new Set(Object.keys(looks[0]?.scores ?? {}).map(identityOf));
  const attempts = [...Map.groupBy(looks, ({ of, attempt }) => `${of}/${attempt}`).values()];
  const searched = attempts.map((own) => {
    const person = identityOf(own[0]?.of ?? '');
    const verdict = (isStranger: boolean) =>
      verdictOf(
        own.map((look) => rank(look, size, threshold, identityOf, isStranger ? person : '')),
      );
    return { person, mated: enrolled.has(person) ? verdict(false) : null, stranger: verdict(true) };
  });
  const mated = searched.flatMap(({ person, mated: one }) => (one ? [{ person, ...one }] : []));
  const trials = (value: (one: (typeof searched)[number]) => boolean): Trial[] =>
    searched.map((one) => ({ person: one.person, value: Number(value(one)) }));
  const matedTrials = (value: (one: (typeof mated)[number]) => boolean): Trial[] =>
    mated.map((one) => ({ person: one.person, value: Number(value(one)) }));
  return {
    threshold,
    enrolled: enrolled.size,
    synthetic: Math.max(0, size - enrolled.size),
    ...counted(
      'fpir',
      'strangers',
      trials(({ stranger }) => stranger.candidates.length > 0),
    ),
    ...counted(
      'fpirNamed',
      'strangers',
      trials(({ stranger }) => stranger.named !== undefined),
    ),
    ...counted(
      'fnir',
      'mated',
      matedTrials(({ person, candidates }) => !candidates.includes(person)),
    ),
    ...counted(
      'fnirNamed',
      'mated',
      matedTrials(({ person, named }) => named !== person),
    ),
    misnamed: mated.filter(({ person, named }) => named !== undefined && named !== person).length,
  };
}

/** The figures of all {@link GALLERY_SIZES}: `measured100` and so on. */
export function identificationReport(
  looks: readonly ScoredLook[],
  identityOf?: IdentityOf,
): Record<string, KindFigures> {
  return Object.fromEntries(
    GALLERY_SIZES.map((size) => [
      `measured${size}`,
      identificationFigures(looks, size, identityOf),
    ]),
  );
}

/** Each person once, by their best template, as the gallery holds one of each; `without`: who is left out. */
function rank(
  look: ScoredLook,
  size: number,
  threshold: number,
  identityOf: IdentityOf,
  without: string,
) {
  const best = new Map<string, number>();
  for (const [picture, similarity] of Object.entries(look.scores)) {
    const person = identityOf(picture);
    // A second picture's template is not enrolled: its person has one.
    if (person === picture && person !== without) best.set(person, similarity);
  }
  const filled = look.filled[GALLERY_SIZES.findIndex((one) => one === size)] ?? -1;
  const scores = [...best, [NOBODY, filled] as const].map(([personId, similarity]) => ({
    personId,
    similarity,
  }));
  return rankCandidates(scores, { threshold });
}

/** A share with its count, its exact interval as if all were independent, and the one where a person counts as a whole. */
function counted(name: string, of: string, trials: readonly Trial[]): KindFigures {
  const part = trials.filter(({ value }) => value > 0).length;
  const exact = clopperPearson(part, trials.length);
  const personal = byPerson(trials);
  return {
    [of]: trials.length,
    [`${of}People`]: new Set(trials.map(({ person }) => person)).size,
    [`${name}Count`]: part,
    [name]: trials.length === 0 ? null : part / trials.length,
    [`${name}Low`]: exact?.low ?? null,
    [`${name}High`]: exact?.high ?? null,
    [`${name}ByPersonLow`]: personal?.low ?? null,
    [`${name}ByPersonHigh`]: personal?.high ?? null,
  };
}
