import { type FormEvent, useState } from 'react';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { Moment, Notice } from '../../look/words.js';
import { useMay } from '../shell/me.js';
import type { AlertGroup } from '../words/alert-groups.pure.js';
import { type Alert, AlertBadge, AlertSentence, Times } from '../words/alert-words.js';
import { Photograph } from '../words/photograph.js';
import { acknowledgeWords, useAcknowledging } from '../words/use-acknowledging.js';
import { useDoorName, Where } from '../words/where.js';
import { Who } from '../words/who.js';
import { EachOf } from './each-of.js';
import { RegisterVisitor } from './register-visitor.js';
import { type Seen, SeenBefore } from './seen-before.js';

interface VisitorCardProps {
  readonly group: AlertGroup<Alert>;
  /** Whom of those before the newest looks like, where that is known. */
  readonly seen: Seen | undefined;
}

/** One visitor or alarm, or several of one door and kind: who stood where and when, and who has seen to it. */
export function VisitorCard({ group, seen }: VisitorCardProps) {
  const may = useMay();
  const nameOf = useDoorName();
  const { newest, alerts } = group;
  const { evidence, door, acknowledged } = newest;
  return (
    <li className="card visitor">
      {evidence && may('getEvidence') ? (
        <Photograph
          key={evidence}
          evidence={evidence}
          alt={`Who stood at ${door ? nameOf(door) : 'the door'}; codes are blurred`}
        />
      ) : null}
      <div className="stack">
        <div className="row between">
          <AlertBadge kind={newest.kind} />
          <span className="quiet">
            <Times group={group} />
          </span>
        </div>
        <p>
          <AlertSentence alert={newest} />
          {door ? (
            <>
              {' '}
              at <Where door={door} />
            </>
          ) : null}
        </p>
        {seen ? <SeenBefore seen={seen} /> : null}
        {acknowledged ? <SeenTo by={acknowledged} /> : null}
        {!acknowledged && may('acknowledgeAlert') ? <Acknowledge alerts={alerts} /> : null}
        <RegisterVisitor alert={newest} />
        {alerts.length > 1 ? <EachOf alerts={alerts} /> : null}
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

function Acknowledge({ alerts }: { readonly alerts: readonly Alert[] }) {
  const [note, setNote] = useState('');
  const { act, isPending, error, progress } = useAcknowledging(alerts);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act(note);
  };
  return (
    <form className="stack tight" onSubmit={submit}>
      <TextField
        label="What was found (optional)"
        maxLength={500}
        value={note}
        fault={error?.message}
        onChange={({ target }) => setNote(target.value)}
      />
      <Button type="submit" size="small" busy={isPending}>
        {acknowledgeWords(alerts.length, progress)}
      </Button>
    </form>
  );
}
