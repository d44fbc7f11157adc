import { expect, test } from 'vitest';
import { isNarrowed, placeOf, queryOf, readFilters } from './people-filters.pure.js';

test('a link with a search, a state and a sort shows what it says', () => {
  const filters = readFilters('q=asha%20r&state=suspended&sort=-enrolledAt');
  expect(queryOf(filters)).toEqual({ q: 'asha r', state: 'suspended', sort: '-enrolledAt' });
  expect(readFilters(placeOf(filters).split('?')[1] ?? '')).toEqual(filters);
});

test('a link that says what nobody could choose shows everybody', () => {
  const filters = readFilters('state=gone&sort=constructor');
  expect(queryOf(filters)).toEqual({ sort: 'name' });
  expect(isNarrowed(filters)).toBe(false);
});

test('a link leads to the page that was shown, and a page without its place is the first', () => {
  expect(placeOf({ ...readFilters(''), cursor: 'abc', page: 3 })).toBe('/people?cursor=abc&page=3');
  expect(readFilters('cursor=abc&page=3').page).toBe(3);
  expect(readFilters('page=3').page).toBe(1);
});

test('the usual list has a plain address', () => {
  expect(placeOf(readFilters(''))).toBe('/people');
});

test('spaces alone look for nobody in particular', () => {
  expect(isNarrowed(readFilters('q=%20'))).toBe(false);
});
