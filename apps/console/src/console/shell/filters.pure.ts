/**
 * What each filter of a list may say: the words to choose from, of which the first is the usual one; or `text`, whatever is
 * typed, usually nothing.
 */
export type FilterKinds = Readonly<Record<string, readonly [string, ...string[]] | 'text'>>;

/** What the filters of those kinds say. */
export type FiltersOf<Kinds extends FilterKinds> = {
  readonly [Name in keyof Kinds]: Kinds[Name] extends readonly string[]
    ? Kinds[Name][number]
    : string;
};

/** Which page of a list is shown. */
export interface PageShown {
  /** Where it begins; empty: at the beginning. */
  readonly cursor: string;
  /** From 1. */
  readonly page: number;
}

export const firstPage: PageShown = { cursor: '', page: 1 };

function usualOf(kind: FilterKinds[string]): string {
  return kind === 'text' ? '' : kind[0];
}

/** Reads the address. What it says that nobody could have chosen counts as not said. */
export function readFilters<const Kinds extends FilterKinds>(
  kinds: Kinds,
  search: string,
): FiltersOf<Kinds> {
  const said = new URLSearchParams(search);
  const filters = Object.entries(kinds).map(([name, kind]) => {
    const word = said.get(name);
    const isOne = word !== null && (kind === 'text' || kind.includes(word));
    return [name, isOne ? word : usualOf(kind)];
  });
  return Object.fromEntries(filters) as FiltersOf<Kinds>;
}

/** Reads of the address which page is shown; a number without a place is the first page. */
export function readPage(search: string): PageShown {
  const said = new URLSearchParams(search);
  const cursor = said.get('cursor') ?? '';
  if (cursor === '') return firstPage;
  return { cursor, page: Math.max(1, Math.trunc(Number(said.get('page'))) || 1) };
}

/** The place that shows what is looked for: `/people?q=asha&state=suspended`. It says only what differs from the usual. */
export function placeOf(
  path: string,
  kinds: FilterKinds,
  filters: Readonly<Record<string, string>>,
  { cursor, page }: PageShown = firstPage,
): string {
  const search = new URLSearchParams();
  for (const [name, kind] of Object.entries(kinds)) {
    const word = filters[name] ?? usualOf(kind);
    if (word !== usualOf(kind)) search.set(name, word);
  }
  if (cursor) search.set('cursor', cursor);
  if (page > 1) search.set('page', String(page));
  return search.size > 0 ? `${path}?${search}` : path;
}

/** Whether any of the filters says something else than usual, so that fewer are looked for than there are. */
export function isNarrowed(kinds: FilterKinds, filters: Readonly<Record<string, string>>): boolean {
  return Object.entries(kinds).some(
    ([name, kind]) => (filters[name] ?? '').trim() !== usualOf(kind),
  );
}
