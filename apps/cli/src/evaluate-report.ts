/** A figure, or figures under a name. */
export type Figures = { readonly [name: string]: number | null | Figures };

/** Writes the figures to stdout: as one line of JSON, or as a table of name and value. */
export function report(figures: object, asJson: boolean): void {
  process.stdout.write(asJson ? `${JSON.stringify(figures)}\n` : table(figures as Figures));
}

/** One line a figure; nested ones as `name.inner`. */
export function table(figures: Figures): string {
  const rows = flatten(figures, '');
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${show(value)}\n`).join('');
}

function flatten(figures: Figures, prefix: string): [string, number | null][] {
  return Object.entries(figures).flatMap(([name, value]): [string, number | null][] =>
    typeof value === 'object' && value !== null
      ? flatten(value, `${prefix}${name}.`)
      : [[prefix + name, value]],
  );
}

function show(value: number | null): string {
  if (value === null) return '-';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
