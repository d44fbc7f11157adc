import type { PublishedFigures } from '@latchkey/vision';
import { LIVE_THRESHOLD } from '@latchkey/vision';
import { MEASURED_ONCE } from './measured-once.pure.js';
import { ruleOfThree } from './clopper-pearson.pure.js';
import { GALLERY_SIZES } from './scored-looks.pure.js';

type Values = Readonly<Record<string, number | null>>;

/** What `npm run -s bench -- security --json` gives: ratios, and milliseconds of the machine that it ran on. */
export interface SecurityTimes {
  readonly security: Readonly<Record<string, number>>;
}

/**
 * docs/FIGURES.md, from the figures that ship and the bench's, so that no number in it is typed by hand.
 * @throws Error where a figure is missing: publish them anew
 */
export function figuresPage(
  published: readonly PublishedFigures[],
  times: SecurityTimes | null,
): string {
  const of = (what: string) => {
    const found = published.find((one) => one.what === what);
    if (!found) throw new Error(`expected published figures of ${what}, found none`);
    return found;
  };
  return [
    head(of('liveness')),
    pictures(of('liveness')),
    pairs(of('faces')),
    gallery(of('gallery')),
    security(times),
  ].join('\n');
}

function head({ at, command, models }: PublishedFigures): string {
  return `<!-- Written by \`npm run generate\` from what \`${command}\` measured; do not edit. -->
# Figures

How often the shipped models err: measured on ${at.slice(0, 10)} by \`${command}\`, on pictures that come with
a development dependency. **They are few: read the intervals, not the shares.** Every score lies in [figures/](figures), so
that anybody can work the figures out anew (\`--derive\`), and \`latchkey evaluate\` gives the same for pictures of your own, with
\`--plot\` as a picture. What is measured, what is extrapolated and why one may or may not believe it stands in
[decision 030](decisions/030-figures-of-identification.md). Words are those of ISO/IEC 19795-1 and 30107-3.

Intervals are 95 %. *By presentation* takes all presentations as independent (Wilson; of searches, Clopper and Pearson). *By
person* draws whole people anew (bootstrap), or counts each person once where fewer than five err, since the pictures of one face
are alike: it is the one to believe.

| model | SHA-256 |
|---|---|
${Object.entries(models)
  .map(([name, sha256]) => `| ${name} | \`${sha256}\` |`)
  .join('\n')}
`;
}

function pictures({ figures, dataSet }: PublishedFigures): string {
  const kinds = Object.entries(figures).flatMap(([kind, values]) =>
    typeof values === 'object' && values && 'apcerPassive' in values
      ? [[kind, values] as const]
      : [],
  );
  const all = nested(figures, 'all');
  const live = nested(figures, 'live');
  const rows = kinds.map(
    ([kind, one]) =>
      `| ${kind} | ${one['presentations']} | ${withInterval(one, 'perFrame')} | ${withInterval(one, 'apcerPassive')} | ${byPerson(one, 'apcerPassive')} | ${withInterval(one, 'apcerChallenge')} | ${byPerson(one, 'apcerChallenge')} |`,
  );
  return `## A picture instead of a face

On ${dataSet}.

| attack | presentations | passes a frame | passes passive alone (APCER) | by person | passes with a challenge (APCER) | by person |
|---|---|---|---|---|---|---|
${rows.join('\n')}

| of all attacks | refused | by presentation | by person |
|---|---|---|---|
| by passive alone | ${percent(all['refusedPassive'])} | ${interval(all, 'refusedPassive')} | ${byPerson(all, 'refusedPassive')} |
| with a challenge | ${percent(all['refusedChallenge'])} | ${interval(all, 'refusedChallenge')} | ${byPerson(all, 'refusedChallenge')} |

Of the living, ${withInterval(live, 'bpcerPassive')} are refused by passive alone (BPCER; by person ${byPerson(live, 'bpcerPassive')}; ${live['refusedLiving']} of
${live['presentations']} presentations of ${live['people']} people). How many of the living fail a challenge cannot be told from stills. A screen
(\`screen\`) is told by its moiré, which is rendered here, so that the figure says that moiré is found where there is some; one without
(\`fine-screen\`) that fills the picture is what passive liveness does not see. A door that fears one asks for an act
([decision 024](decisions/024-living-or-a-picture.md)).

![Passive liveness over its threshold: attacks that pass, living people who are refused](figures/presentations.svg)

A higher threshold than ${LIVE_THRESHOLD} refuses more of both. \`latchkey evaluate liveness --samples --plot FILE.svg\` draws it for other models.
`;
}

function pairs({ figures, dataSet }: PublishedFigures): string {
  const values = figures as Values;
  return `## Two pictures: the same person?

One picture with one picture, at the shipped 1:1 threshold ${values['threshold']}: FMR ${withInterval(values, 'fmr')}, ${values['falseMatches']} of ${values['impostorPairs']} pairs of
two people; FNMR ${withInterval(values, 'fnmr')}, ${values['falseNonMatches']} of ${values['genuinePairs']} pairs of one. On ${dataSet}.

![FNMR over FMR](figures/det.svg)

The sample faces are worse than LFW's: some have their eyes shut or look away, so that they could not be enrolled, and two people are
much alike. Whether those are one person in two photographs the pictures' source doesn't say; they count as two.
`;
}

function gallery({ figures }: PublishedFigures): string {
  const alike = nested(figures, 'lookCorrelation');
  const measured = GALLERY_SIZES.map((size) => [size, nested(figures, `measured${size}`)] as const);
  const expected = GALLERY_SIZES.map(
    (size) => [size, nested(figures, `extrapolated${size}`)] as const,
  );
  const people = measured[0]?.[1]['matedPeople'] ?? 0;
  return `## Who is it, among N? Per attempt

FPIR: the share of attempts by people who are not enrolled that return a candidate. FNIR: the share of attempts by enrolled people
that don't return that person. An attempt is five looks; three must agree. *Named*: three looks find that one clearly ahead of the
second. The threshold follows the number of people ([decision 005](decisions/005-threshold-follows-gallery-size.md)).

### Measured

${people} people, each enrolled once and come to the door three times or more; as strangers each is searched for with their own template left out.
The gallery is filled to its size with **synthetic templates, which are nobody's**: they try the search and the threshold, and
say nothing of how often real people are mistaken for each other. The attempts are of the same photographs as the templates (but for one person), so FNIR
is a best case.

| gallery | threshold | FPIR | by person | FPIR, named | FNIR | by person | FNIR, named | given another's name |
|---|---|---|---|---|---|---|---|---|
${measured
  .map(
    ([size, one]) =>
      `| ${count(size)} (${one['enrolled']} real) | ${fixed(one['threshold'])} | ${counted(one, 'fpir', 'strangers')} | ${byPerson(one, 'fpir')} | ${counted(one, 'fpirNamed', 'strangers')} | ${counted(one, 'fnir', 'mated')} | ${byPerson(one, 'fnir')} | ${counted(one, 'fnirNamed', 'mated')} | ${one['misnamed']} |`,
  )
  .join('\n')}

Two of the people are much alike: what one such pair does among so few is why the intervals are wide. Nothing in ${people} people says no more than: below ${percent(ruleOfThree(people))} (rule of three).

### Extrapolated

**Not measured**: nobody here has pictures of a thousand people. FPIR(N) = 1 − (1 − FMR)^N, with comparisons taken as independent, from
what was measured once on LFW with this pipeline: ${count(MEASURED_ONCE.comparisons)} comparisons of strangers' looks with 153 templates, ${MEASURED_ONCE.genuine} of people's own
(false matches and misses: ${MEASURED_ONCE.at.map(({ threshold, falseMatches, misses }) => `${falseMatches} and ${misses} at ${threshold.toFixed(2)}`).join(', ')}).
*At best*: an attempt of five independent looks. *Likely*: looks as much alike as those measured here (correlation ${fixed(alike['impostor'])} for strangers,
${fixed(alike['genuine'])} for people's own). *At worst* an attempt is as bad as a look.

| people | threshold | FPIR a look (worst) | FPIR an attempt, likely | at best | FNIR a look (worst) | FNIR an attempt, likely | at best |
|---|---|---|---|---|---|---|---|
${expected
  .map(
    ([size, one]) =>
      `| ${count(size)} | ${fixed(one['threshold'])} | ${withInterval(one, 'fpirLook')} | ${withInterval(one, 'fpirLikely')} | ${percent(one['fpirAttempt'])} | ${withInterval(one, 'fnirLook')} | ${withInterval(one, 'fnirLikely')} | ${percent(one['fnirAttempt'])} |`,
  )
  .join('\n')}

| people | a stranger is named, a look | an enrolled person is not named, a look |
|---|---|---|
${expected
  .map(
    ([size, one]) =>
      `| ${count(size)} | ${percent(one['fpirNamedLook'])} | ${percent(one['fnirNamedLook'])} |`,
  )
  .join('\n')}

Who is listed but not named is asked for the code like anybody, and no name is shown. A stranger taken for someone still has no code.

![FPIR and FNIR as the gallery grows](figures/sizes.svg)
`;
}

function security(times: SecurityTimes | null): string {
  const words = `## What security costs in time

\`npm run -s bench -- security --json\`: what one entry pays for being secret and genuine (two codes sealed and opened, the grant
signed, one call under mutual TLS).
`;
  if (!times) return words;
  const { security: one } = times;
  return `${words}
| | |
|---|---|
| an entry's sealing, signing and TLS | ${one['entryMs']} ms |
| one look at a face by a face worker, on the same machine | ${one['lookMs']} ms |
| share of a look, of which an entry takes at least three | ${percent(one['securityPerLook'])} |
| a question and its answer under mutual TLS, beside the same in clear | ${one['tlsPerPlainCall']} × |

The times are of one machine, which had other work to do; the ratios tell more.
A challenge costs the person's time on top: an act and the looks that see it, within 8 s.
`;
}

function nested(figures: PublishedFigures['figures'], name: string): Values {
  const values = figures[name];
  if (typeof values !== 'object' || values === null)
    throw new Error(`expected the figures ${name}, found none; publish them anew`);
  return values;
}

/** At most two digits that count: `0.55 %`, `10.6 %`, `9.9e-4 %`. */
function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return '–';
  return `${amount(share)} %`;
}

function amount(share: number): string {
  const value = share * 100;
  if (value === 0 || value >= 10) return value.toFixed(1).replace(/\.0$/, '');
  return value < 0.01 ? value.toExponential(1) : String(Number(value.toPrecision(2)));
}

function withInterval(values: Values, name: string): string {
  return `${percent(values[name])} (${interval(values, name)})`;
}

function interval(values: Values, name: string): string {
  const [low, high] = [values[`${name}Low`] ?? 0, values[`${name}High`] ?? 1];
  return `${amount(low)}–${amount(high)}`;
}

const byPerson = (values: Values, name: string) => interval(values, `${name}ByPerson`);
const counted = (values: Values, name: string, of: string) =>
  `${percent(values[name])} (${values[`${name}Count`]} of ${values[of]})`;
const fixed = (value: number | null | undefined) => (value ?? 0).toFixed(3);
const count = (value: number) => value.toLocaleString('en');
