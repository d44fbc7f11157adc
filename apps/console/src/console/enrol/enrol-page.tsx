import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { Form } from '../../look/form.js';
import { ProblemNotice } from '../../look/problem.js';
import { Empty, Loading } from '../../look/words.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { useAct, useRead } from '../api/queries.js';
import type { Person } from '../people/person-draft.pure.js';
import { ConsentField, useConsent } from './consent-field.js';
import { type Alike, EnrolledPage } from './enrolled-page.js';
import { SamplesPage } from './samples-page.js';

/** How often it is looked whether the registration still runs: it may be completed or given up elsewhere, or expire. */
const AGAIN_MS = 3_000;

interface EnrolPageProps {
  readonly id: string;
  /** Whoever is registered was turned away before: the alert. */
  readonly visitor: string | null;
  /** @param isListed they stand in the list of people as before. */
  readonly onGivenUp: (isListed: boolean) => void;
  readonly onEnrolled: () => void;
}

/** The second half of a registration, for whoever has been begun with, or stands in the list of people already. */
export function EnrolPage({ id, visitor, onGivenUp, onEnrolled }: EnrolPageProps) {
  const [isBegun, setBegun] = useState(false);
  const [wasListed, setWasListed] = useState(false);
  const [alike, setAlike] = useState<Alike>([]);
  const read = useRead('getPerson', { params: { id } }, { everyMs: AGAIN_MS });
  const person = read.data;
  if (person?.state === 'draft' && !isBegun) setBegun(true);
  if (person?.state === 'listed' && !wasListed) setWasListed(true);
  if (read.error?.code === 'LK-PER-006' || read.error?.code === 'LK-PER-001') {
    return <NoSuchRegistration id={id} />;
  }
  if (!person) {
    if (!read.error) return <Loading what="Reading" />;
    return <ProblemNotice problem={read.error} onRetry={() => void read.refetch()} />;
  }
  if (person.state === 'listed') return <ListedPage person={person} />;
  if (person.state === 'draft')
    return (
      <SamplesPage
        person={person}
        onGivenUp={() => onGivenUp(wasListed)}
        onEnrolled={(enrolled) => setAlike(enrolled.alike)}
      />
    );
  const outcome = { person, alike, visitor, isNew: isBegun };
  return <EnrolledPage {...outcome} onShown={onEnrolled} />;
}

function NoSuchRegistration({ id }: { readonly id: string }) {
  return (
    <Empty level={1} title={`There is no registration of ${id}`}>
      <p>One that is left, or takes longer than 15 minutes, is given up and leaves nothing.</p>
      <Link href="/register" className="button" data-kind="primary">
        Register somebody
      </Link>
    </Empty>
  );
}

/** Somebody from the list agrees, and their registration begins. */
function ListedPage({ person }: { readonly person: Person }) {
  const consent = useConsent();
  const act = useAct('beginEnrolment', ['getPerson', 'listPeople']);
  const begin = () => {
    const agreed = consent.ask();
    if (agreed) act.mutate({ params: { id: person.id }, body: { consent: agreed } });
  };
  return (
    <div className="stack">
      <nav aria-label="Where you are">
        <Link href={`/people/${person.id}`}>{person.name}</Link>
      </nav>
      <h1>Register {person.name}</h1>
      <Form
        className="card stack narrow"
        aria-label="Consent"
        faults={faultsBeside(act.error)}
        found={consent.isMissed}
        onSubmit={begin}
        acts={
          <Button type="submit" kind="primary" busy={act.isPending}>
            On to the camera
          </Button>
        }
      >
        <ConsentField language={person.language} consent={consent} />
      </Form>
    </div>
  );
}
