import type { Answer } from '@latchkey/gateway/api';
import { Link } from 'wouter';
import { Pager, type Pages } from '../../look/pager.js';
import { Moment } from '../../look/words.js';
import { CodeFacts, GroupBadges, StateBadge } from './person-words.js';

interface PeopleTableProps {
  readonly pages: Pages;
  readonly page: Answer<'listPeople'>;
  /** The page before is still shown while this one is read. */
  readonly isOld: boolean;
}

/** One page of people, and the ways to the next and the one before. */
export function PeopleTable({ pages, page, isOld }: PeopleTableProps) {
  return (
    <div className="stack" aria-busy={isOld}>
      <div className="scroller">
        <table className="table cards">
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
                Registered
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
      <Pager pages={pages} next={page.next} isOld={isOld} />
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
      <td data-label="State">
        <StateBadge state={person.state} />
      </td>
      <td data-label="Code">
        <CodeFacts code={person.code} />
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
