import type { Answer } from '@latchkey/gateway/api';

type Evaluation = Answer<'getModels'>['evaluations'][number];
type Figures = Evaluation['figures'];
type Kind = Evaluation['what'];

/** What was measured, and how to read it. */
export const kindWords: Readonly<Record<Kind, { readonly title: string; readonly about: string }>> =
  {
    faces: {
      title: 'Two faces: the same person or not',
      about:
        'Pairs of pictures are compared, as when somebody shows a code that says who they are.',
    },
    gallery: {
      title: 'One face among everybody',
      about: 'Each picture is searched for among all who are registered, as a door does first.',
    },
    liveness: {
      title: 'A living face or a picture of one',
      about: 'Prints, phones and screens are held up, and living people stand there.',
    },
    codes: {
      title: 'Reading codes',
      about: 'Pictures in which somebody holds up a code.',
    },
  };

interface Term {
  /** The field’s own word, such as FMR; undefined: it has none. */
  readonly term?: string;
  readonly words: string;
  /** A share of 0..1, else a count or a threshold. */
  readonly isShare?: boolean;
  /** What one looks for first. */
  readonly isMain?: boolean;
}

const share = (words: string, term?: string): Term => ({
  words,
  isShare: true,
  ...(term ? { term, isMain: true } : {}),
});
const THRESHOLD: Term = { words: 'Threshold in use, from 0 to 1', isMain: true };

const ofFaces: Readonly<Record<string, Term>> = {
  threshold: THRESHOLD,
  fmr: share('Two different people taken for one', 'FMR'),
  fnmr: share('Two pictures of one person taken for two people', 'FNMR'),
  fnmrAtFmr1e2: share('FNMR, were 1 in 100 strangers let match'),
  fnmrAtFmr1e3: share('FNMR, were 1 in 1,000 strangers let match', 'FNMR'),
  accuracyAtThreshold: { words: 'Pairs judged rightly', isShare: true, isMain: true },
  accuracy10Fold: share('Pairs judged rightly, by a threshold found on other pairs'),
  bestAccuracy: share('Pairs judged rightly, by the best threshold for these pairs'),
  bestThreshold: { words: 'The best threshold for these pairs' },
  pairs: { words: 'Pairs of pictures', isMain: true },
  impostorPairs: { words: 'Pairs of different people' },
  falseMatches: { words: 'Of them taken for one person' },
  genuinePairs: { words: 'Pairs of one person' },
  falseNonMatches: { words: 'Of them taken for two people' },
  undetected: { words: 'Pairs in which a face was not found' },
};

const ofGallery: Readonly<Record<string, Term>> = {
  threshold: THRESHOLD,
  fpir: share('A stranger taken for somebody', 'FPIR'),
  fnir: share('Somebody registered and not found', 'FNIR'),
  fpirLikely: share('A stranger taken for somebody, in 3 of 5 looks', 'FPIR'),
  fnirLikely: share('Somebody registered and not found, in 3 of 5 looks', 'FNIR'),
  fpirLook: share('A stranger taken for somebody, in one look: the worst that 3 of 5 can be'),
  fnirLook: share('Somebody registered and not found, in one look: the worst that 3 of 5 can be'),
  fpirAttempt: share('A stranger taken for somebody, were looks unlike each other: at best'),
  fnirAttempt: share('Somebody registered and not found, were looks unlike each other: at best'),
  fpirNamedLook: share('A stranger greeted by somebody’s name, in one look'),
  fnirNamedLook: share('Somebody registered and not greeted by name, in one look'),
  fpirNamed: share('A stranger greeted by somebody’s name'),
  fnirNamed: share('Somebody registered and not greeted by name'),
  misnamed: { words: 'Greeted by another’s name' },
  impostor: { words: 'Looks of a stranger beside each other, from 0 to 1' },
  genuine: { words: 'Looks of somebody registered beside each other, from 0 to 1' },
  fpirCount: { words: 'Attempts in which a stranger was taken for somebody' },
  fpirNamedCount: { words: 'Attempts in which a stranger was greeted by a name' },
  fnirCount: { words: 'Attempts in which somebody registered was not found' },
  fnirNamedCount: { words: 'Attempts in which somebody registered was not greeted by name' },
  strangersPeople: { words: 'Different people among the strangers' },
  matedPeople: { words: 'Different people among those registered' },
  right: { words: 'Searches that ended rightly', isMain: true },
  wrong: { words: 'Searches that named another person', isMain: true },
  unknown: { words: 'Searches that found nobody, of somebody registered' },
  strangerProbes: { words: 'Pictures of strangers' },
  enrolledProbes: { words: 'Pictures of people who are registered' },
  strangers: { words: 'Attempts by strangers' },
  mated: { words: 'Attempts by people who are registered' },
  enrolled: { words: 'Faces of real people searched among' },
  synthetic: { words: 'Made-up faces that fill the number up' },
};

const ofLiveness: Readonly<Record<string, Term>> = {
  threshold: THRESHOLD,
  apcer: share('Pictures taken for a living face', 'APCER'),
  bpcer: share('Living faces taken for a picture', 'BPCER'),
  apcerPassive: share('Gets past “by its look”', 'APCER'),
  apcerChallenge: share('Gets past “by its look and an act”', 'APCER'),
  bpcerPassive: share('Living people refused “by its look”', 'BPCER'),
  refusedPassive: { words: 'Refused “by its look”', isShare: true, isMain: true },
  refusedChallenge: { words: 'Refused “by its look and an act”', isShare: true, isMain: true },
  refusedLiving: { words: 'Living people refused “by its look”, in number' },
  perFrame: share('Single frames misjudged'),
  actAlone: share('Shows the act that is asked for'),
  presentations: { words: 'Times something was held up, or somebody stood there' },
  frames: { words: 'Frames' },
  people: { words: 'People' },
  challenges: { words: 'Acts asked for' },
  passedPassive: { words: 'Got past “by its look”' },
  passedChallenge: { words: 'Got past “by its look and an act”' },
  undetected: { words: 'Pictures in which no face was found' },
};

const ofCodes: Readonly<Record<string, Term>> = {
  decoded: { words: 'Pictures in which the code was read', isMain: true },
  images: { words: 'Pictures', isMain: true },
  msMedian: { words: 'Milliseconds that reading takes, in the middle' },
};

const terms: Readonly<Record<Kind, Readonly<Record<string, Term>>>> = {
  faces: ofFaces,
  gallery: ofGallery,
  liveness: ofLiveness,
  codes: ofCodes,
};

const groups: Readonly<Record<string, string>> = {
  print: 'A print',
  phone: 'A phone, its edge in view',
  screen: 'A screen that fills the picture',
  'fine-screen': 'The same, too fine for the camera to see its grid',
  all: 'All kinds of pictures together',
  live: 'Living people',
  msMedian: 'Milliseconds that a step takes, in the middle',
  lookCorrelation: 'How alike the looks of one attempt are',
};

function groupWords(name: string): string {
  const [, how, people] = /^(measured|extrapolated)(\d+)$/.exec(name) ?? [];
  if (people) {
    const count = Number(people).toLocaleString('en');
    return how === 'measured'
      ? `The threshold of ${count} people, tried on few`
      : `${count} people: extrapolated, not measured`;
  }
  return groups[name] ?? spelledOut(name);
}

/** A figure as one reads it. */
export interface Line {
  readonly name: string;
  readonly term: string | undefined;
  readonly words: string;
  readonly value: string;
  /** Where the truth lies, at 95 %; undefined: nobody worked that out. */
  readonly interval: string | undefined;
  readonly isMain: boolean;
}

/** Figures that belong together: of one kind of attack, of one number of people. */
export interface FigureGroup {
  /** Undefined: those of the whole. */
  readonly title: string | undefined;
  readonly lines: readonly Line[];
}

/** Figures in words: those of the whole first, then group by group; with an interval where `XLow` and `XHigh` tell of one. */
export function figureGroups(what: Kind, figures: Figures): readonly FigureGroup[] {
  const whole: Record<string, number | null> = {};
  const parts: FigureGroup[] = [];
  for (const [name, value] of Object.entries(figures)) {
    if (typeof value !== 'object' || value === null) whole[name] = value;
    else parts.push({ title: groupWords(name), lines: linesOf(terms[what], value) });
  }
  return [{ title: undefined, lines: linesOf(terms[what], whole) }, ...parts].filter(
    ({ lines }) => lines.length > 0,
  );
}

const BOUND = /(?:ByPerson)?(?:Low|High)$/;

function linesOf(
  known: Readonly<Record<string, Term>>,
  figures: Readonly<Record<string, number | null>>,
): Line[] {
  const order = Object.keys(known);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.entries(figures)
    .filter(([name]) => !(BOUND.test(name) && name.replace(BOUND, '') in figures))
    .toSorted(([one], [other]) => place(one) - place(other))
    .map(([name, value]) => {
      const term: Term = Object.hasOwn(known, name)
        ? (known[name] ?? { words: name })
        : { words: spelledOut(name) };
      return {
        name,
        term: term.term,
        words: term.words,
        value: valueWords(value, term.isShare ?? false),
        interval: intervalOf(figures, name),
        isMain: term.isMain ?? false,
      };
    });
}

/** The wider of the two intervals where both are told: one person’s pictures are much alike. */
function intervalOf(
  figures: Readonly<Record<string, number | null>>,
  name: string,
): string | undefined {
  const low = figures[`${name}ByPersonLow`] ?? figures[`${name}Low`];
  const high = figures[`${name}ByPersonHigh`] ?? figures[`${name}High`];
  if (typeof low !== 'number' || typeof high !== 'number') return undefined;
  return `${percent(low)} to ${percent(high)}`;
}

function valueWords(value: number | null, isShare: boolean): string {
  if (value === null) return 'not measured';
  // What was measured before counts had names of their own.
  if (!isShare || value > 1) return Number(value.toPrecision(3)).toLocaleString('en');
  if (value <= 0 || value > 0.2) return percent(value);
  return `${percent(value)}, about 1 in ${Math.round(1 / value).toLocaleString('en')}`;
}

const TWO_DIGITS = 2;
/** Where nothing but rounding keeps a share from 100 %, more digits are needed. */
function percent(value: number): string {
  const digits = value > 0.9 && value < 1 ? 3 : TWO_DIGITS;
  return `${Number((value * 100).toPrecision(digits))} %`;
}

/** `fnirLook` → `Fnir look`: for a figure that is not known here. */
function spelledOut(name: string): string {
  const words = name.replaceAll(/([A-Z0-9]+)/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
