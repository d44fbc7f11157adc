import { useState } from 'react';
import { Button } from './button.js';

/** Where one is in a list that is read page by page. */
export interface Pages {
  /** Of the page that is shown; undefined: the first. */
  readonly cursor: string | undefined;
  readonly number: number;
  readonly goBack: () => void;
  readonly goOn: (cursor: string) => void;
}

/** Pages by cursors; begins anew where `of`, what is listed, becomes another. */
export function usePages(of: string): Pages {
  const [{ of: before, cursors }, set] = useState<{ of: string; cursors: readonly string[] }>({
    of,
    cursors: [],
  });
  const been = before === of ? cursors : [];
  return {
    cursor: been.at(-1),
    number: been.length + 1,
    goBack: () => set({ of, cursors: been.slice(0, -1) }),
    goOn: (cursor) => set({ of, cursors: [...been, cursor] }),
  };
}

/** The way to the pages before and after; nothing where there is only one. */
export function Pager({ pages, next }: { readonly pages: Pages; readonly next: string | null }) {
  if (pages.number === 1 && next === null) return null;
  return (
    <nav className="row" aria-label="Pages">
      <Button size="small" disabled={pages.number === 1} onClick={pages.goBack}>
        Before
      </Button>
      <span>Page {pages.number}</span>
      <Button size="small" disabled={next === null} onClick={() => next && pages.goOn(next)}>
        Next
      </Button>
    </nav>
  );
}
