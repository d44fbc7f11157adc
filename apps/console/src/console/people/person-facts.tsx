import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { useSay } from '../../look/toasts.js';
import { Moment, Notice } from '../../look/words.js';
import { useAct } from '../api/queries.js';
import { byWords } from '../audit/act-words.pure.js';
import { useMay } from '../shell/me.js';
import { useDoorName } from '../words/where.js';
import { languages, type Person } from './person-draft.pure.js';
import { CodeBadge, GroupBadges } from './person-words.js';

interface PersonProps {
  readonly person: Person;
}

function Card({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="card stack" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Who it is. */
export function FactsCard({ person }: PersonProps) {
  return (
    <Card title="Details">
      <dl className="facts">
        <dt>E-mail</dt>
        <dd className="long">{person.email}</dd>
        <dt>Language</dt>
        <dd>{languages[person.language]}</dd>
        <dt>Groups</dt>
        <dd>
          <GroupBadges person={person} />
        </dd>
        <dt>Added</dt>
        <dd>
          <Moment at={person.createdAt} />
        </dd>
        <dt>Registered</dt>
        <dd>{person.enrolledAt ? <Moment at={person.enrolledAt} /> : 'Not yet'}</dd>
      </dl>
      {person.state === 'listed' ? <NotEnrolled person={person} /> : null}
    </Card>
  );
}

function NotEnrolled({ person }: PersonProps) {
  const may = useMay();
  return (
    <Notice tone="warn" title="No door knows this face yet.">
      <p>Five samples with a camera, and the first code is mailed.</p>
      {may('addSample') ? (
        <Link href={`/register/${person.id}`} className="button" data-kind="primary">
          Register now
        </Link>
      ) : null}
    </Notice>
  );
}

/** Whether the code that is valid now reached its owner. */
export function CodeCard({ person: { code, email, duressIssuedAt } }: PersonProps) {
  return (
    <Card title="Code">
      <dl className="facts">
        <dt>State</dt>
        <dd>
          <CodeBadge code={code} />
        </dd>
        <dt>Issued</dt>
        <dd>{code.issuedAt ? <Moment at={code.issuedAt} /> : 'Never'}</dd>
        <dt>Last one used</dt>
        <dd>{code.usedAt ? <Moment at={code.usedAt} /> : 'Never'}</dd>
        <dt>Duress code issued</dt>
        <dd>{duressIssuedAt ? <Moment at={duressIssuedAt} /> : 'Never'}</dd>
      </dl>
      {code.state === 'failed' ? (
        <Notice tone="bad" title="The mail with the code did not go out.">
          <p>
            See whether {email} is right and the mail server answers (Messages says why it failed),
            then mail a new code.
          </p>
        </Notice>
      ) : null}
    </Card>
  );
}

/** Who agreed to what, and when. */
export function ConsentCard({ person: { consent, language } }: PersonProps) {
  return (
    <Card title="Consent">
      {consent ? (
        <>
          <dl className="facts">
            <dt>Given</dt>
            <dd>
              <Moment at={consent.at} />
            </dd>
            <dt>Recorded by</dt>
            <dd>{byWords(consent.by)}</dd>
            <dt>Version of the text</dt>
            <dd>{consent.version}</dd>
          </dl>
          {consent.text ? (
            <p className="quiet" lang={language}>
              {consent.text}
            </p>
          ) : null}
        </>
      ) : (
        <p className="quiet">None is on record.</p>
      )}
    </Card>
  );
}

/** Doors that let the person wait, after five wrong codes. */
export function LocksCard({ person }: PersonProps) {
  const may = useMay();
  const say = useSay();
  const nameOf = useDoorName();
  const lift = useAct('liftLock', ['getPerson', 'listPeople']);
  if (person.locks.length === 0) return null;
  const act = (door: string) =>
    lift.mutate(
      { params: { id: person.id, door } },
      {
        onSuccess: () => say('good', `${person.name} may try again at ${nameOf(door)}.`),
        onError: ({ message, action }) => say('bad', `${message} ${action}`),
      },
    );
  return (
    <Card title="Locks">
      <p className="quiet">After five wrong codes a door waits before it asks this person again.</p>
      <ul className="plain stack">
        {person.locks.map(({ door, until }) => (
          <li key={door} className="row between">
            <span>
              <strong>{nameOf(door)}</strong> until <Moment at={until} />
            </span>
            {may('liftLock') ? (
              <Button size="small" busy={lift.isPending} onClick={() => act(door)}>
                Lift
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
