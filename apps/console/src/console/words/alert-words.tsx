import type { Answer } from '@latchkey/gateway/api';
import { Badge, Moment } from '../../look/words.js';
import type { AlertGroup } from './alert-groups.pure.js';
import { eventWords } from './event-words.pure.js';
import { Sentence, Who } from './who.js';

export type Alert = Answer<'listAlerts'>['alerts'][number];

/** Whether it is a stranger, or an alarm. */
export function AlertBadge({ kind }: Pick<Alert, 'kind'>) {
  if (kind === 'visitor') return <Badge tone="warn">Unknown visitor</Badge>;
  return <Badge tone="bad">Alarm</Badge>;
}

/** What an alert tells, in a sentence; with whom it is about, also where the sentence has no place for them. */
export function AlertSentence({ alert }: { readonly alert: Alert }) {
  if (alert.kind === 'visitor') return <>Someone who was not recognised</>;
  const { text } = eventWords(alert.type);
  return (
    <>
      <Sentence text={text} person={alert.person} />
      {alert.person && !text.includes('{who}') ? (
        <>
          , taken for <Who person={alert.person} />
        </>
      ) : null}
    </>
  );
}

/** How often it was, and when last. */
export function Times({ group: { alerts, newest } }: { readonly group: AlertGroup<Alert> }) {
  return (
    <span>
      {alerts.length > 1 ? `${alerts.length} times, last ` : null}
      <Moment at={newest.at} />
    </span>
  );
}
