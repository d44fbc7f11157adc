import { expect, test } from 'vitest';
import { readFilters } from '../shell/filters.pure.js';
import { auditKinds, queryOf } from './audit-filters.pure.js';

const asked = (search: string) => queryOf(readFilters(auditKinds, search), undefined);

test('a link asks for an act, of somebody, at a door', () => {
  const search = 'action=door.changed&by=uma&door=north&person=asha';
  expect(asked(search)).toEqual({
    action: 'door.changed',
    by: 'uma',
    door: 'north',
    person: 'asha',
  });
});

test('days are whole: from the first one’s beginning until the last one’s end', () => {
  const { since, until } = asked('from=2026-11-28&to=2026-11-30');
  expect(since).toBe(new Date(2026, 10, 28).toISOString());
  expect(until).toBe(new Date(2026, 11, 1).toISOString());
});

test('what is no act and no day is not asked for', () => {
  expect(asked('action=door.opened&from=yesterday&to=2026-11')).toEqual({});
});
