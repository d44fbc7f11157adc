import { expect, it } from 'vitest';
import { routesById } from './route-table.js';

it('holds every route under its id, by which clients look up its types', () => {
  const ids = Object.values(routesById).map(({ id }) => id);
  expect(Object.keys(routesById)).toEqual(ids);
});
