import type { ApiProblem } from '../api/problem.js';

/** The field that a code is about, where the gateway names none. */
const fieldOfCode: Readonly<Record<string, string>> = {
  'LK-DOR-002': 'id',
  'LK-PER-001': 'id',
  'LK-PER-002': 'id',
  'LK-PER-003': 'email',
  'LK-PER-004': 'email',
  'LK-PER-005': 'name',
};

/** What is wrong, each in its place. */
export interface FieldFaults {
  readonly refused: ApiProblem | null;
  /** What is wrong with a field, in words. */
  readonly of: (field: string) => string | undefined;
  /** What none of the fields is to blame for. */
  readonly other: ApiProblem | null;
}

/** The same, with what the page has found itself: it is said first, being newer than what was refused. */
export function withTyped(faults: FieldFaults, typed: ReadonlyMap<string, string>): FieldFaults {
  return { ...faults, of: (field) => typed.get(field) ?? faults.of(field) };
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Sorts a problem's faults by the fields of a form, if it has any; `groups.2` stands beside `groups`. */
export function faultsBeside(
  problem: ApiProblem | null,
  fields: readonly string[] = [],
): FieldFaults {
  const found = new Map<string, string>();
  for (const [where, message] of problem?.faults ?? []) {
    const field = where.split('.')[0] ?? '';
    if (fields.includes(field) && !found.has(field)) found.set(field, sentence(message));
  }
  const blamed = problem ? fieldOfCode[problem.code] : undefined;
  if (problem && found.size === 0 && blamed !== undefined && fields.includes(blamed)) {
    found.set(blamed, `${problem.message} ${problem.action}`);
  }
  return {
    refused: problem,
    of: (field) => found.get(field),
    other: found.size > 0 ? null : problem,
  };
}
