import type { Answer } from '@latchkey/gateway/api';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { Notice } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { placeOfMailTo, useHasInbox } from '../messages/caught-mail.js';
import type { Person } from '../people/person-draft.pure.js';
import { CodeBadge } from '../people/person-words.js';
import { useMay } from '../shell/me.js';
import { Who } from '../words/who.js';
import { VisitorRegistered } from './visitor-registered.js';

/** Others whom the face resembles. */
export type Alike = Answer<'commitPerson'>['alike'];

interface EnrolledPageProps {
  readonly person: Person;
  readonly alike: Alike;
  /** The registration ended just now. */
  readonly isNew: boolean;
  readonly visitor: string | null;
  readonly onShown: () => void;
}

/** What came of a registration. */
export function EnrolledPage({ person, alike, isNew, visitor, onShown }: EnrolledPageProps) {
  const { id, name, email, code } = person;
  const hasInbox = useHasInbox();
  const may = useMay();
  const hasDoors = useRead('listDoors', {}).data?.doors.length !== 0;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isNew) title.current?.focus();
  }, [isNew]);
  useEffect(onShown, [onShown]);
  return (
    <div className="stack narrow">
      <h1 ref={title} tabIndex={-1}>
        {isNew ? `${name} is registered` : `${name} is registered already`}
      </h1>
      <Notice tone="good" title={isNew ? 'Any door knows them from now on.' : 'Doors know them.'}>
        <p>
          The code for the next entry goes to {email}: <CodeBadge code={code} />
        </p>
      </Notice>
      {alike.length > 0 ? <AlikeNotice name={name} alike={alike} /> : null}
      {isNew && visitor !== null ? <VisitorRegistered visitor={visitor} person={id} /> : null}
      <div className="row">
        {hasInbox ? (
          <Link href={placeOfMailTo(email)} className="button" data-kind="primary">
            Show the mail
          </Link>
        ) : null}
        <Link
          href={`/people/${id}`}
          className="button"
          data-kind={hasInbox ? undefined : 'primary'}
        >
          Show {name}
        </Link>
        {hasDoors || !may('createDoor') ? null : (
          <Link href="/doors/new" className="button">
            Add the first door
          </Link>
        )}
        <Link href="/register" className="button">
          Register somebody else
        </Link>
        <Link href="/people" className="button">
          Show everybody
        </Link>
      </div>
    </div>
  );
}

/** Two who are much alike are named by no door unless one is clearly ahead; were they one person, one registration is too many. */
function AlikeNotice({ name, alike }: { readonly name: string; readonly alike: Alike }) {
  return (
    <Notice tone="warn" title={`${name} looks much like somebody who is registered.`}>
      <ul className="plain">
        {alike.map(({ id, similarity }) => (
          <li key={id}>
            <Who person={id} />, similarity {similarity.toFixed(2)}
          </li>
        ))}
      </ul>
      <p>
        Where a door cannot tell them apart it shows no name, and the code decides who it is. If
        they are one person, delete one of the two.
      </p>
    </Notice>
  );
}
