import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { Notice } from '../../look/words.js';
import type { Person } from '../people/person-draft.pure.js';
import { CodeBadge } from '../people/person-words.js';

interface EnrolledPageProps {
  readonly person: Person;
  /** The registration ended just now. */
  readonly isNew: boolean;
  readonly onShown: () => void;
}

/** What came of a registration. */
export function EnrolledPage({ person, isNew, onShown }: EnrolledPageProps) {
  const { id, name, email, code } = person;
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
      <div className="row">
        <Link href={`/people/${id}`} className="button" data-kind="primary">
          Show {name}
        </Link>
        <Link href="/enrol" className="button">
          Register somebody else
        </Link>
        <Link href="/people" className="button">
          Show everybody
        </Link>
      </div>
    </div>
  );
}
