import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { Pages } from '../../look/pager.js';
import {
  type FilterKinds,
  type FiltersOf,
  firstPage,
  placeOf,
  readFilters,
  readPage,
} from './filters.pure.js';

/**
 * What a list is looked through by, and which page of it is shown: the address says both, so that a link, Back and a reload
 * show the same. Looking for something else begins at the first page.
 */
export function useFilters<const Kinds extends FilterKinds>(path: string, kinds: Kinds) {
  const search = useSearch();
  const [, go] = useLocation();
  const filters = readFilters(kinds, search);
  const look = (change: Partial<FiltersOf<Kinds>>) =>
    go(placeOf(path, kinds, { ...filters, ...change }), { replace: true });
  const shown = readPage(search);
  // Cursors only lead on, so the way back is kept here.
  const [before, setBefore] = useState<ReadonlyMap<string, string>>(new Map());
  const pages: Pages = {
    cursor: shown.cursor || undefined,
    number: shown.page,
    goOn: (cursor) => {
      setBefore((known) => new Map(known).set(cursor, shown.cursor));
      go(placeOf(path, kinds, filters, { cursor, page: shown.page + 1 }));
    },
    goBack: () => {
      const cursor = before.get(shown.cursor);
      const page = cursor ? { cursor, page: shown.page - 1 } : firstPage;
      go(placeOf(path, kinds, filters, page));
    },
  };
  return { filters, look, pages };
}
