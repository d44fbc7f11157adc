import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Link } from 'wouter';
import { ProblemNotice } from '../../look/problem.js';
import { Empty, Loading } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { DeletionReceipt } from './delete-person.js';
import type { Person } from './person-draft.pure.js';
import { PersonActs, SeldomActs } from './person-acts.js';
import { PersonEdit } from './person-edit.js';
import { PersonEntries } from './person-entries.js';
import { CodeCard, ConsentCard, FactsCard, LocksCard } from './person-facts.js';
import { StateBadge } from './person-words.js';

/** How often a person is read again: soon while a mail is on its way, else now and then. */
const SOON_MS = 2_000;
const AGAIN_MS = 15_000;

/** One person: who they are, how their code stands, where they went; and what can be done. */
export function PersonPage({ id }: { readonly id: string }) {
  const [receipt, setReceipt] = useState<Answer<'deletePerson'>>();
  return (
    <div className="stack">
      <nav aria-label="Where you are">
        <Link href="/people">People</Link>
      </nav>
      {receipt ? <DeletionReceipt receipt={receipt} /> : <Known id={id} onDeleted={setReceipt} />}
    </div>
  );
}

interface KnownProps {
  readonly id: string;
  readonly onDeleted: (receipt: Answer<'deletePerson'>) => void;
}

function Known({ id, onDeleted }: KnownProps) {
  const [isSending, setSending] = useState(false);
  const read = useRead(
    'getPerson',
    { params: { id } },
    { everyMs: isSending ? SOON_MS : AGAIN_MS },
  );
  const person = read.data;
  if (person && (person.code.state === 'sending') !== isSending) setSending(!isSending);
  if (read.error?.code === 'LK-PER-006' || read.error?.code === 'LK-PER-001') {
    return (
      <Empty level={1} title={`There is nobody with the id ${id}`}>
        <p>They may have been deleted meanwhile.</p>
        <Link href="/people" className="button">
          Show everybody
        </Link>
      </Empty>
    );
  }
  if (person) return <Shown person={person} onDeleted={onDeleted} />;
  if (read.error) return <ProblemNotice problem={read.error} onRetry={() => void read.refetch()} />;
  return <Loading what="Reading" />;
}

interface ShownProps {
  readonly person: Person;
  readonly onDeleted: (receipt: Answer<'deletePerson'>) => void;
}

function Shown({ person, onDeleted }: ShownProps) {
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      <div className="row between">
        <div>
          <h1 className="row">
            {person.name} <StateBadge state={person.state} />
          </h1>
          <p className="quiet">{person.id}</p>
        </div>
        {isEditing ? null : <PersonActs person={person} onEdit={() => setEditing(true)} />}
      </div>
      {isEditing ? (
        <PersonEdit person={person} onDone={() => setEditing(false)} />
      ) : (
        <div className="person-cards">
          <FactsCard person={person} />
          <CodeCard person={person} />
          <ConsentCard person={person} />
          <LocksCard person={person} />
        </div>
      )}
      {person.state === 'listed' ? null : <PersonEntries person={person} />}
      {isEditing ? null : <SeldomActs person={person} onDeleted={onDeleted} />}
    </>
  );
}
