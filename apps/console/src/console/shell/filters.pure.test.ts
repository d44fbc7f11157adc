import { expect, test } from 'vitest';
import { firstPage, isNarrowed, placeOf, readFilters, readPage } from './filters.pure.js';

const kinds = { state: ['open', 'seen', 'both'], door: 'text' } as const;

test('a link shows what it says', () => {
  const filters = readFilters(kinds, 'state=both&door=north%20hall');
  expect(filters).toEqual({ state: 'both', door: 'north hall' });
  const [path, search] = placeOf('/visitors', kinds, filters).split('?');
  expect(path).toBe('/visitors');
  expect(readFilters(kinds, search ?? '')).toEqual(filters);
});

test('a link that says what nobody could choose shows the usual', () => {
  expect(readFilters(kinds, 'state=constructor&other=1')).toEqual({ state: 'open', door: '' });
});

test('the usual list has a plain address, and is all there is', () => {
  const usual = readFilters(kinds, '');
  expect(placeOf('/visitors', kinds, usual)).toBe('/visitors');
  expect(isNarrowed(kinds, usual)).toBe(false);
  expect(isNarrowed(kinds, { ...usual, state: 'seen' })).toBe(true);
});

test('spaces alone look for nothing in particular', () => {
  expect(isNarrowed(kinds, { state: 'open', door: '  ' })).toBe(false);
});

test('a link leads to the page that was shown, and a number without its place to the first', () => {
  const place = placeOf('/x', kinds, readFilters(kinds, ''), { cursor: 'abc', page: 3 });
  expect(place).toBe('/x?cursor=abc&page=3');
  expect(readPage('cursor=abc&page=3')).toEqual({ cursor: 'abc', page: 3 });
  expect(readPage('page=3')).toEqual(firstPage);
});
