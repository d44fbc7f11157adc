import { type RefObject, useEffect, useState } from 'react';
import { useLocation } from 'wouter';

/**
 * The heading of the page that `content` shows. On another page the focus goes to it, so that who does not see the page is
 * told where they are, and Tab begins there; not where the page itself has put it into a field.
 */
export function usePageHeading(content: RefObject<HTMLElement | null>): string {
  const [place] = useLocation();
  const [heading, setHeading] = useState('');
  const [shown, setShown] = useState(place);
  useEffect(() => {
    const page = content.current;
    if (!page) return undefined;
    const from = document.activeElement;
    let isToFocus = shown !== place;
    const look = () => {
      const title = shownTitle(page);
      setHeading(title ? textOf(title) : '');
      if (!title || !isToFocus) return;
      isToFocus = false;
      setShown(place);
      if (!isLeft(from, page)) return;
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
    };
    look();
    const observer = new MutationObserver(look);
    observer.observe(page, { subtree: true, childList: true, characterData: true });
    return () => observer.disconnect();
  }, [content, place, shown]);
  return heading;
}

/** The page's title. While another page is loaded, the one before is hidden and still there. */
function shownTitle(page: Element): HTMLElement | undefined {
  return [...page.querySelectorAll('h1')].find((title) => title.getClientRects().length > 0);
}

/** Whether the focus is where it was when one went on, and that is not on this page. */
function isLeft(from: Element | null, page: Element): boolean {
  const { activeElement: now, body } = document;
  return now === null || now === body || (now === from && !page.contains(now));
}

/** A heading's own words; a count beside them changes all the time. */
function textOf(title: Element): string {
  const words = [...title.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
  return words
    .map(({ textContent }) => textContent)
    .join('')
    .trim();
}
