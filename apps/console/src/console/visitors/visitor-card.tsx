import type { Answer } from '@latchkey/gateway/api';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { Badge, Moment, Notice } from '../../look/words.js';
import { useAct } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { eventWords, reasonWords } from '../words/event-words.pure.js';
import { Photograph } from '../words/photograph.js';
import { Sentence } from '../words/who.js';

type Alert = Answer<'listAlerts'>['alerts'][number];

/** One visitor or alarm: who stood where and when, and who has seen to it. */
export function VisitorCard({ alert }: { readonly alert: Alert }) {
  const may = useMay();
  const isVisitor = alert.kind === 'visitor';
  return (
    <li className="card visitor">
      {alert.evidence && may('getEvidence') ? (
        <Photograph
          evidence={alert.evidence}
          alt={`Who stood at ${alert.door ?? 'the door'}; codes are blurred`}
        />
      ) : (
        <p className="photograph gone">No photograph</p>
      )}
      <div className="row">
        <Badge tone={isVisitor ? 'warn' : 'bad'}>{isVisitor ? 'Unknown visitor' : 'Alarm'}</Badge>
        <Moment at={alert.at} />
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
            at <Link href={`/doors/${alert.door}`}>{alert.door}</Link>
          </>
        ) : null}
        {isVisitor ? '' : ` (${reasonWords(alert.reason)})`}
      </p>
      {alert.acknowledged ? <SeenTo by={alert.acknowledged} /> : null}
      {!alert.acknowledged && may('acknowledgeAlert') ? <Acknowledge alert={alert} /> : null}
      {isVisitor && may('createPerson') ? <Link href="/enrol">Register this person</Link> : null}
    </li>
  );
}

function SeenTo({ by }: { readonly by: NonNullable<Alert['acknowledged']> }) {
  return (
    <Notice tone="good" title={`Seen to by ${by.by}`}>
      <Moment at={by.at} />
      {by.note ? <p>{by.note}</p> : null}
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
