import { challengeAct } from '@latchkey/contracts';
import type { JudgedPresentation } from './presentations.pure.js';
import { GALLERY_SIZES, type ScoredLook } from './scored-looks.pure.js';

const DIGITS = 4;
const short = (value: number) => String(Number(value.toFixed(DIGITS)));
const linesOf = (csv: string) =>
  csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

/** Looks as CSV: a line each, a column per template. */
export function looksToCsv(looks: readonly ScoredLook[]): string {
  const ids = Object.keys(looks[0]?.scores ?? {});
  const head = ['of', 'attempt', ...GALLERY_SIZES.map((size) => `filled${size}`), ...ids];
  const rows = looks.map(({ of, attempt, filled, scores }) => [
    of,
    String(attempt),
    ...filled.map(short),
    ...ids.map((id) => short(scores[id] ?? -1)),
  ]);
  return [head, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** The other way round. */
export function looksFromCsv(csv: string): ScoredLook[] {
  const [head = [], ...rows] = linesOf(csv);
  const first = 2 + GALLERY_SIZES.length;
  const ids = head.slice(first);
  return rows.map((row) => ({
    of: row[0] ?? '',
    attempt: Number(row[1]),
    filled: row.slice(2, first).map(Number),
    scores: Object.fromEntries(ids.map((id, at) => [id, Number(row[first + at])])),
  }));
}

/** Presentations as CSV: a line each, their frames' liveness and the acts they showed parted by spaces. */
export function presentationsToCsv(judged: readonly JudgedPresentation[]): string {
  const rows = judged.map(({ kind, person, scale, lives, acts }) => [
    kind,
    person,
    String(scale),
    lives.map(short).join(' '),
    acts.join(' '),
  ]);
  return [['kind', 'person', 'scale', 'lives', 'acts'], ...rows]
    .map((row) => `${row.join(',')}\n`)
    .join('');
}

/** The other way round. @throws ZodError for an act that is none */
export function presentationsFromCsv(csv: string): JudgedPresentation[] {
  const words = (cell = '') => cell.split(' ').filter((word) => word !== '');
  return linesOf(csv)
    .slice(1)
    .map(([kind = '', person = '', scale, lives, acts]) => ({
      kind,
      person,
      scale: Number(scale),
      lives: words(lives).map(Number),
      acts: words(acts).map((act) => challengeAct.parse(act)),
    }));
}
