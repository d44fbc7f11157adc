import type { Query } from '@latchkey/gateway/api';

type PeopleQuery = NonNullable<Query<'listPeople'>>;

/** What is looked for, as the address says it: `#/people?q=asha&state=suspended`. */
export interface PeopleFilters {
  readonly q: string;
  readonly state: string;
  readonly group: string;
  readonly sort: string;
  /** Where the page that is shown begins; empty: at the beginning. */
  readonly cursor: string;
  /** The number of that page, from 1. */
  readonly page: number;
}

export const states = {
  enrolled: 'Enrolled',
  suspended: 'Suspended',
  listed: 'Not enrolled yet',
  draft: 'Registering now',
} as const;
export const sorts = {
  name: 'Name',
  id: 'Id',
  '-enrolledAt': 'Enrolled last',
} as const;

type State = keyof typeof states;
type Sort = keyof typeof sorts;
const USUAL_SORT: Sort = 'name';

const isKeyOf = <Words extends object>(words: Words, key: string): key is keyof Words & string =>
  Object.hasOwn(words, key);

/** Reads the address. What it says that nobody could have chosen counts as not said. */
export function readFilters(search: string): PeopleFilters {
  const said = new URLSearchParams(search);
  const word = (name: string) => said.get(name) ?? '';
  const state = word('state');
  const sort = word('sort');
  return {
    q: word('q'),
    state: isKeyOf(states, state) ? state : '',
    group: word('group'),
    sort: isKeyOf(sorts, sort) ? sort : USUAL_SORT,
    cursor: word('cursor'),
    page: word('cursor') ? Math.max(1, Math.trunc(Number(word('page'))) || 1) : 1,
  };
}

/** The place that shows what is looked for; it says only what differs from the usual. */
export function placeOf(filters: PeopleFilters): string {
  const { sort, page, ...others } = filters;
  const said = Object.entries(others).filter(([, value]) => value !== '');
  const search = new URLSearchParams(said);
  if (sort !== USUAL_SORT) search.set('sort', sort);
  if (page > 1) search.set('page', String(page));
  return search.size > 0 ? `/people?${search}` : '/people';
}

/** What the gateway is asked. */
export function queryOf({ q, state, group, sort, cursor }: PeopleFilters): PeopleQuery {
  return {
    sort: isKeyOf(sorts, sort) ? sort : USUAL_SORT,
    ...(q.trim() ? { q: q.trim() } : {}),
    ...(isKeyOf(states, state) ? { state: state satisfies State } : {}),
    ...(group ? { group } : {}),
    ...(cursor ? { cursor } : {}),
  };
}

/** Whether fewer than all are looked for. */
export function isNarrowed({ q, state, group }: PeopleFilters): boolean {
  return q.trim() !== '' || state !== '' || group !== '';
}
