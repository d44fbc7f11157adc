import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Pager, type Pages } from '../../look/pager.js';
import { Moment } from '../../look/words.js';
import { type PeopleFilters, placeOf } from './people-filters.pure.js';
import { CodeBadge, GroupBadges, StateBadge } from './person-words.js';

interface PeopleTableProps {
  readonly filters: PeopleFilters;
  readonly page: Answer<'listPeople'>;
  /** The page before is still shown while this one is read. */
  readonly isOld: boolean;
}

/** One page of people, and the ways to the next and the one before. */
export function PeopleTable({ filters, page, isOld }: PeopleTableProps) {
  const pages = usePagesInAddress(filters);
  return (
    <div className="stack" aria-busy={isOld}>
      <div className="scroller">
        <table className="table people-table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col" className="wide-only">
                E-mail
              </th>
              <th scope="col">State</th>
              <th scope="col">Code</th>
              <th scope="col" className="wide-only">
                Groups
              </th>
              <th scope="col" className="wide-only">
                Enrolled
              </th>
            </tr>
          </thead>
          <tbody>
            {page.people.map((person) => (
              <Row key={person.id} person={person} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager pages={pages} next={page.next} />
    </div>
  );
}

function Row({ person }: { readonly person: Answer<'getPerson'> }) {
  return (
    <tr>
      <th scope="row">
        <Link href={`/people/${person.id}`}>{person.name}</Link>
        <span className="quiet">{person.id}</span>
      </th>
      <td className="wide-only">{person.email}</td>
      <td>
        <StateBadge state={person.state} />
      </td>
      <td>
        <CodeBadge code={person.code} />
      </td>
      <td className="wide-only">
        <GroupBadges person={person} />
      </td>
      <td className="wide-only">
        {person.enrolledAt ? <Moment at={person.enrolledAt} /> : <span className="quiet">–</span>}
      </td>
    </tr>
  );
}

/** The pages of this list, of which the address says which is shown; cursors only lead on, so the way back is kept here. */
function usePagesInAddress(filters: PeopleFilters): Pages {
  const [, go] = useLocation();
  const show = (place: string) => {
    go(place);
    window.scrollTo(0, 0);
  };
  const [before, setBefore] = useState<ReadonlyMap<string, string>>(new Map());
  const { cursor, page: number } = filters;
  return {
    cursor,
    number,
    goOn: (next) => {
      setBefore((known) => new Map(known).set(next, cursor));
      show(placeOf({ ...filters, cursor: next, page: number + 1 }));
    },
    goBack: () => {
      const last = before.get(cursor);
      const page = last ? number - 1 : 1;
      show(placeOf({ ...filters, cursor: last ?? '', page }));
    },
  };
}
