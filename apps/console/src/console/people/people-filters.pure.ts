import type { Query } from '@latchkey/gateway/api';
import { type FiltersOf, isNarrowed } from '../shell/filters.pure.js';

type PeopleQuery = NonNullable<Query<'listPeople'>>;

export const states = {
  enrolled: 'Registered',
  suspended: 'Suspended',
  listed: 'Not registered yet',
  draft: 'Registering now',
} as const;
export const sorts = {
  name: 'Name',
  id: 'Id',
  '-enrolledAt': 'Registered last',
} as const;

/** Whom one looks for: `#/people?q=asha&state=suspended`. */
const who = {
  q: 'text',
  state: ['', 'enrolled', 'suspended', 'listed', 'draft'],
  group: 'text',
} as const;

/** Whom one looks for, and in which order. */
export const peopleKinds = { ...who, sort: ['name', 'id', '-enrolledAt'] } as const;
export type PeopleFilters = FiltersOf<typeof peopleKinds>;

/** What the gateway is asked. */
export function queryOf(
  { q, state, group, sort }: PeopleFilters,
  cursor: string | undefined,
): PeopleQuery {
  return {
    sort,
    ...(q.trim() ? { q: q.trim() } : {}),
    ...(state ? { state } : {}),
    ...(group ? { group } : {}),
    ...(cursor ? { cursor } : {}),
  };
}

/** Whether fewer than all are looked for; their order makes them no fewer. */
export function areFewer(filters: PeopleFilters): boolean {
  return isNarrowed(who, filters);
}
