/** What a page shows, for the window's title. */
export interface Titled {
  /** The page's own heading; empty while it is being read. */
  readonly heading: string;
  /** The area that the page belongs to; empty: none. */
  readonly area: string;
  /** How many alarms and visitors nobody has seen to. */
  readonly open: number;
}

/** The window's title, what tells most first: `(2) Library, north door · Doors · Latchkey`. */
export function titleWords({ heading, area, open }: Titled): string {
  const words = [...new Set([heading, area, 'Latchkey'])].filter(Boolean).join(' · ');
  return open > 0 ? `(${open}) ${words}` : words;
}
