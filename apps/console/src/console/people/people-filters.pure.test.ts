import { expect, test } from 'vitest';
import { readFilters } from '../shell/filters.pure.js';
import { areFewer, peopleKinds, queryOf } from './people-filters.pure.js';

const read = (search: string) => readFilters(peopleKinds, search);

test('a link with a search, a state and a sort asks for what it says', () => {
  const filters = read('q=asha%20r&state=suspended&sort=-enrolledAt');
  expect(queryOf(filters, 'abc')).toEqual({
    q: 'asha r',
    state: 'suspended',
    sort: '-enrolledAt',
    cursor: 'abc',
  });
  expect(areFewer(filters)).toBe(true);
});

test('a link that says what nobody could choose shows everybody', () => {
  const filters = read('state=gone&sort=constructor');
  expect(queryOf(filters, undefined)).toEqual({ sort: 'name' });
  expect(areFewer(filters)).toBe(false);
});

test('spaces alone look for nobody in particular, and an order leaves nobody out', () => {
  expect(areFewer(read('q=%20&sort=id'))).toBe(false);
});
