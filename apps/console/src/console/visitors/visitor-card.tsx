import type { Answer } from '@latchkey/gateway/api';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { Badge, Moment, Notice } from '../../look/words.js';
import { useAct } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { eventWords } from '../words/event-words.pure.js';
import { Photograph } from '../words/photograph.js';
import { useDoorName, Where } from '../words/where.js';
import { Sentence, Who } from '../words/who.js';
import { type Seen, SeenBefore } from './seen-before.js';

type Alert = Answer<'listAlerts'>['alerts'][number];

/** One visitor or alarm: who stood where and when, and who has seen to it. */
export function VisitorCard({
  alert,
  seen,
}: {
  readonly alert: Alert;
  /** Whom of those before they look like, where that is known. */
  readonly seen: Seen | undefined;
}) {
  const may = useMay();
  const nameOf = useDoorName();
  const isVisitor = alert.kind === 'visitor';
  return (
    <li className="card visitor">
      {alert.evidence && may('getEvidence') ? (
        <Photograph
          evidence={alert.evidence}
          alt={`Who stood at ${alert.door ? nameOf(alert.door) : 'the door'}; codes are blurred`}
        />
      ) : null}
      <div className="stack">
        <div className="row between">
          <Badge tone={isVisitor ? 'warn' : 'bad'}>{isVisitor ? 'Unknown visitor' : 'Alarm'}</Badge>
          <span className="quiet">
            <Moment at={alert.at} />
          </span>
        </div>
        <p>
          {isVisitor ? (
            'Someone who was not recognised'
          ) : (
            <Sentence text={eventWords(alert.type).text} person={alert.person} />
          )}
          {alert.door ? (
            <>
              {' '}
              at <Where door={alert.door} />
            </>
          ) : null}
        </p>
        {seen ? <SeenBefore seen={seen} /> : null}
        {alert.acknowledged ? <SeenTo by={alert.acknowledged} /> : null}
        {!alert.acknowledged && may('acknowledgeAlert') ? <Acknowledge alert={alert} /> : null}
        {isVisitor && may('createPerson') && !alert.acknowledged?.person ? (
          <Link href={`/register?visitor=${encodeURIComponent(alert.id)}`}>
            Register this person
          </Link>
        ) : null}
      </div>
    </li>
  );
}

function SeenTo({ by }: { readonly by: NonNullable<Alert['acknowledged']> }) {
  return (
    <Notice tone="good" title={`Seen to by ${by.by}`}>
      <Moment at={by.at} />
      {by.note ? <p>{by.note}</p> : null}
      {by.person ? (
        <p>
          Registered as <Who person={by.person} />
        </p>
      ) : null}
    </Notice>
  );
}

function Acknowledge({ alert }: { readonly alert: Alert }) {
  const [note, setNote] = useState('');
  const acknowledge = useAct('acknowledgeAlert', ['listAlerts']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    acknowledge.mutate({ params: { id: alert.id }, body: note ? { note } : {} });
  };
  return (
    <form className="stack tight" onSubmit={submit}>
      <TextField
        label="What was found (optional)"
        maxLength={500}
        value={note}
        fault={acknowledge.error?.message}
        onChange={({ target }) => setNote(target.value)}
      />
      <Button type="submit" size="small" busy={acknowledge.isPending}>
        Acknowledge
      </Button>
    </form>
  );
}
