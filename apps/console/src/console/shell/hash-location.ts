import { useLayoutEffect, useState, useSyncExternalStore } from 'react';

/** How one goes somewhere. */
interface Going {
  /** In the place of the page where one is, so that Back skips it. */
  readonly replace?: boolean;
}

const listeners = new Set<() => void>();
/** The address that the pages show. */
let here = location.hash;
/** Asked before a page is left, where something on it would be lost: it is given where one wants to go. */
let asks: ((to: string) => void) | undefined;

function arrive(): void {
  here = location.hash;
  for (const tell of listeners) tell();
}

/** Back, Forward, or an address that was typed: whoever has to be asked first stays where they are. */
function onHashChange(): void {
  const to = location.hash;
  if (!asks || to === here) {
    arrive();
    return;
  }
  history.replaceState(null, '', here || '#/');
  asks(to);
}

function subscribe(tell: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('hashchange', onHashChange);
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
    if (listeners.size === 0) window.removeEventListener('hashchange', onHashChange);
  };
}

function navigate(to: string, { replace = false }: Going = {}): void {
  const address = `#/${to.replace(/^#?\/?/, '')}`;
  if (asks && address !== here) {
    asks(address);
    return;
  }
  const before = path();
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  arrive();
  // Another page begins at its top; on the way back the browser knows where one was.
  if (!replace && path() !== before) window.scrollTo(0, 0);
}

const path = () => `/${here.replace(/^#?\/?/, '').split('?')[0] ?? ''}`;
const search = () => here.split('?')[1] ?? '';

/** The place in the address's fragment, which no server sees: of `#/people?q=asha`, `/people`. For wouter's Router. */
export function useHashLocation(): [string, typeof navigate] {
  return [useSyncExternalStore(subscribe, path), navigate];
}
useHashLocation.hrefs = (href: string) => `#${href}`;
/** What follows the place: of `#/people?q=asha`, `q=asha`. */
useHashLocation.searchHook = () => useSyncExternalStore(subscribe, search);

/** Somebody wants to leave: whether they do is theirs to say. */
export interface Leaving {
  readonly leave: () => void;
  readonly stay: () => void;
}

/**
 * While `isGuarded`, nothing leaves the page by itself: within the console one is asked by what the page shows then, and
 * the browser asks by its own words before it closes or reloads the page.
 */
export function useLeaving(isGuarded: boolean): Leaving | undefined {
  const [wanted, setWanted] = useState<string>();
  // Of the layout's effects, so that it ends before those by which a page leads on: what it guarded is saved by then.
  useLayoutEffect(() => {
    if (!isGuarded) return undefined;
    asks = setWanted;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    return () => {
      asks = undefined;
      window.removeEventListener('beforeunload', hold);
    };
  }, [isGuarded]);
  if (wanted === undefined) return undefined;
  const stay = () => setWanted(undefined);
  const leave = () => {
    asks = undefined;
    setWanted(undefined);
    navigate(wanted);
  };
  return { leave, stay };
}
