type Settings = Readonly<Record<string, unknown>> | null;

/** One setting that differs, in words. */
export interface Change {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Each setting that is in one of the two, as it was and as it is from then on; a dash where it was not there. */
export function changesOf(before: Settings, after: Settings): Change[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].map((name) => ({
    name,
    before: inWords(before?.[name]),
    after: inWords(after?.[name]),
  }));
}

function inWords(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
