/** A line of a pairs file. */
export interface PairLine {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
}

/**
 * Reads a CSV of pairs: a header, then `file a,file b,Yes|No` a line; fields may be quoted; empty lines are left out.
 * @throws Error that names the first line which is otherwise
 */
export function readPairs(csv: string): PairLine[] {
  const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.flatMap((line, i) => (i === 0 || line.trim() === '' ? [] : [pairOf(line, i + 1)]));
}

function pairOf(line: string, number: number): PairLine {
  const [a, b, same, ...rest] = fields(line);
  const answer = same?.toLowerCase();
  if (!a || !b || rest.length > 0 || (answer !== 'yes' && answer !== 'no')) {
    throw new Error(
      `line ${number} of the pairs: expected "file a,file b,Yes|No", got "${line.slice(0, 120)}"`,
    );
  }
  return { a, b, same: answer === 'yes' };
}

function fields(line: string): string[] {
  const found = line.matchAll(/(?:^|,)(?:\s*"((?:[^"]|"")*)"\s*|([^,]*))/g);
  return Array.from(
    found,
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare?.trim() ?? '',
  );
}
