import type { z } from 'zod';

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/**
 * Says what was expected where a schema has no words of its own; undefined leaves it to zod. What came is not repeated:
 * it may be anything, an address among others.
 */
export function faultWords(issue: z.core.$ZodRawIssue): string | undefined {
  const { code } = issue;
  if (code === 'invalid_type') {
    const expected = kinds[issue.expected] ?? issue.expected;
    return issue.input === undefined ? `is missing: expected ${expected}` : `expected ${expected}`;
  }
  if (code === 'too_small') {
    return `expected at least ${issue.minimum}${unitOf(issue.origin, issue.minimum)}`;
  }
  if (code === 'too_big') {
    return `expected at most ${issue.maximum}${unitOf(issue.origin, issue.maximum)}`;
  }
  if (code === 'invalid_value') {
    const oneOf = issue.values.length > 1 ? 'one of ' : '';
    return `expected ${oneOf}${issue.values.map(String).join(', ')}`;
  }
  return undefined;
}

function unitOf(origin: string, count: number | bigint): string {
  const isOne = Number(count) === 1;
  if (origin === 'string') return isOne ? ' character' : ' characters';
  if (origin === 'array') return isOne ? ' entry' : ' entries';
  return '';
}
