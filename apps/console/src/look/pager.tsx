import { useRef, useState } from 'react';
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

interface PagerProps {
  readonly pages: Pages;
  readonly next: string | null;
  /** The page before is still shown while this one is read: what comes after it is not known yet. */
  readonly isOld: boolean;
  /** The list begins with the newest. */
  readonly isByTime?: boolean;
}

/** The way to the pages before and after, which begin at their tops; nothing where there is only one. */
export function Pager({ pages, next, isOld, isByTime = false }: PagerProps) {
  const nav = useRef<HTMLElement>(null);
  if (pages.number === 1 && next === null) return null;
  const lead = (go: () => void) => () => {
    if (isOld) return;
    go();
    nav.current?.parentElement?.scrollIntoView();
  };
  return (
    <nav className="row" aria-label="Pages" ref={nav}>
      <Button
        size="small"
        disabled={pages.number === 1}
        aria-disabled={isOld}
        onClick={lead(pages.goBack)}
      >
        {isByTime ? 'Newer' : 'Before'}
      </Button>
      <span>Page {pages.number}</span>
      <Button
        size="small"
        disabled={next === null}
        aria-disabled={isOld}
        onClick={lead(() => next && pages.goOn(next))}
      >
        {isByTime ? 'Older' : 'Next'}
      </Button>
    </nav>
  );
}
