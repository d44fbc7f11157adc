import { language } from '@latchkey/contracts';
import type { Newcomer, Person } from '@latchkey/contracts/grpc';
import Papa from 'papaparse';

/** How many people one file may hold. */
export const IMPORT_MAX_ROWS = 10_000;
const needed = ['id', 'name', 'email'] as const;
const columns = ['id', 'name', 'email', 'guard', 'groups', 'language'] as const;
type Column = (typeof columns)[number];
const yes = ['yes', 'true', '1', 'y'];
const no = ['', 'no', 'false', '0', 'n'];
/**
 * Where a spreadsheet would see a formula (OWASP, CSV Injection), or would once the apostrophes before it are taken off:
 * at the beginning, and behind what parts columns elsewhere, which no quotes keep together in a file of commas.
 */
const FORMULA = /(^|[;\t])(?='*[=+\-@\t\r\n＝＋－＠])/g;
const ESCAPED = /(^|[;\t])'(?='*[=+\-@\t\r\n＝＋－＠])/g;

/** What is wrong with one field of a row. */
export interface RowFault {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** One person of a file; `line` is where the row begins, from 1. */
export interface ImportRow {
  readonly line: number;
  readonly newcomer: Newcomer;
  readonly faults: RowFault[];
}

/**
 * Reads a list of people: CSV with commas, semicolons or tabs, whose first line names the columns `id`, `name`, `email` and,
 * where they are there, `guard` (yes or no), `groups` (parted by `;` or `|`) and `language`; others are passed over.
 * @returns the rows, or in words why the file is none that can be read
 */
export function readPeople(csv: string): readonly ImportRow[] | string {
  const { records, lines, faults } = recordsOf(csv);
  const [header, ...rest] = records;
  const names = (header ?? []).map((name) => name.trim().toLowerCase());
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) return `The first line does not name ${missing.join(', ')}.`;
  if (rest.length === 0) return 'There is nobody in the file.';
  if (rest.length > IMPORT_MAX_ROWS) {
    return `The file holds ${rest.length} people, expected at most ${IMPORT_MAX_ROWS}.`;
  }
  const rows = rest.map((record, index) =>
    rowOf(record, names, { line: lines[index + 1] ?? 0, faults: faults[index + 1] ?? [] }),
  );
  markDoubles(rows, 'id', ({ person }) => person);
  markDoubles(rows, 'email', ({ email }) => email);
  return rows;
}

/** The records that are not empty, at which line each begins, and what is wrong with its quotes. */
function recordsOf(csv: string) {
  const text = csv.replace(/^\uFEFF/, '');
  const records: string[][] = [];
  const lines: number[] = [];
  const faults: RowFault[][] = [];
  let line = 1;
  let read = 0;
  Papa.parse<string[]>(text, {
    delimiter: delimiterOf(text),
    step: ({ data, errors, meta }) => {
      if (data.some((value) => value.trim() !== '')) {
        records.push(data);
        lines.push(line);
        faults.push(
          errors.flatMap(({ type, message }) => (type === 'Quotes' ? [fault('row', message)] : [])),
        );
      }
      line += lineBreaksIn(text.slice(read, meta.cursor));
      read = meta.cursor;
    },
  });
  return { records, lines, faults };
}

/** What parts the columns in the first line: by the rest, a name could make it look like something else. */
function delimiterOf(text: string): string {
  const [header = ''] = text.trimStart().split(/[\r\n]/, 1);
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best));
}

function lineBreaksIn(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function rowOf(
  record: readonly string[],
  names: readonly string[],
  { line, faults }: { line: number; faults: readonly RowFault[] },
): ImportRow {
  const valueOf = (column: Column) => unescaped(record[names.indexOf(column)]?.trim() ?? '');
  const guard = valueOf('guard').toLowerCase();
  const spoken = valueOf('language').toLowerCase();
  const isTooLong = record.slice(names.length).some((value) => value.trim() !== '');
  const newcomer = {
    person: valueOf('id'),
    name: valueOf('name'),
    email: valueOf('email'),
    guard: yes.includes(guard),
    groups: valueOf('groups')
      .split(/[;|]/)
      .map((group) => group.trim())
      .filter((group) => group !== ''),
    language: language.safeParse(spoken).data ?? '',
  };
  const own = [
    ...faults,
    ...(isTooLong
      ? [fault('row', `has more fields than the first line, which has ${names.length}`)]
      : []),
    ...(yes.includes(guard) || no.includes(guard) ? [] : [fault('guard', 'expected yes or no')]),
    ...(spoken === '' || newcomer.language !== ''
      ? []
      : [fault('language', `expected one of ${language.options.join(', ')}`)]),
  ];
  return { line, newcomer, faults: own };
}

function fault(field: string, message: string): RowFault {
  return { field, code: 'LK-REQ-001', message };
}

/** Who comes twice is good once: the first counts, and the others name its line. */
function markDoubles(
  rows: readonly ImportRow[],
  field: 'id' | 'email',
  valueOf: (newcomer: Newcomer) => string,
): void {
  const code = field === 'id' ? 'LK-PER-002' : 'LK-PER-004';
  const first = new Map<string, number>();
  for (const { line, newcomer, faults } of rows) {
    const value = valueOf(newcomer).toLowerCase();
    const known = first.get(value);
    if (value === '') continue;
    if (known === undefined) first.set(value, line);
    else faults.push({ field, code, message: `is in line ${known}, too` });
  }
}

/** The first line of an exported list. */
export const exportHeader = `${['id', 'name', 'email', 'state', 'guard', 'groups', 'language', 'enrolledAt'].join(',')}\r\n`;

/** People as lines of CSV; what a spreadsheet would take for a formula is led by an apostrophe. */
export function writePeople(people: readonly Person[]): string {
  const rows = people.map((person) => [
    person.person,
    person.name,
    person.email,
    person.state,
    person.guard ? 'yes' : 'no',
    person.groups.join(';'),
    person.language,
    person.enrolledAt > 0 ? new Date(person.enrolledAt).toISOString() : '',
  ]);
  if (rows.length === 0) return '';
  const escaped = rows.map((row) => row.map((value) => value.replaceAll(FORMULA, "$1'")));
  return `${Papa.unparse(escaped, { newline: '\r\n' })}\r\n`;
}

/** What was exported is imported as it was. */
function unescaped(value: string): string {
  return value.replaceAll(ESCAPED, '$1');
}
