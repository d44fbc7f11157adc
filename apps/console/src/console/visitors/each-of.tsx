import { useState } from 'react';
import { Button } from '../../look/button.js';
import { Moment } from '../../look/words.js';
import { useMay } from '../shell/me.js';
import type { Alert } from '../words/alert-words.js';
import { Photograph } from '../words/photograph.js';
import { acknowledgeWords, useAcknowledging } from '../words/use-acknowledging.js';
import { useDoorName } from '../words/where.js';
import { RegisterVisitor } from './register-visitor.js';
import { type Seen, SeenBefore, useLikeness } from './seen-before.js';

interface EachOfProps {
  readonly alerts: readonly Alert[];
}

/** Every one of a group, once it is opened: its photograph, when it was, and what one may do with it alone. */
export function EachOf({ alerts }: EachOfProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="each-of" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Each of these {alerts.length}</summary>
      {isOpen ? <Each alerts={alerts} /> : null}
    </details>
  );
}

function Each({ alerts }: EachOfProps) {
  const likeness = useLikeness(alerts[0]?.kind === 'visitor' ? alerts : undefined);
  return (
    <ul>
      {alerts.map((alert) => (
        <One
          key={alert.id}
          alert={alert}
          seen={likeness?.visitors.find((seen) => seen.alert === alert.id)}
        />
      ))}
    </ul>
  );
}

function One({ alert, seen }: { readonly alert: Alert; readonly seen: Seen | undefined }) {
  const { evidence, door, at } = alert;
  const may = useMay();
  const nameOf = useDoorName();
  const { act, isPending, error } = useAcknowledging([alert]);
  return (
    <li>
      {evidence && may('getEvidence') ? (
        <Photograph
          evidence={evidence}
          alt={`Who stood at ${door ? nameOf(door) : 'the door'}; codes are blurred`}
        />
      ) : null}
      <div className="stack tight">
        <Moment at={at} />
        {seen ? <SeenBefore seen={seen} /> : null}
        {may('acknowledgeAlert') ? (
          <Button size="small" busy={isPending} onClick={() => act()}>
            {acknowledgeWords(1, undefined)}
          </Button>
        ) : null}
        {error ? <span role="alert">{error.message}</span> : null}
        <RegisterVisitor alert={alert} />
      </div>
    </li>
  );
}
