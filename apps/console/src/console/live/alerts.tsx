import type { Answer } from '@latchkey/gateway/api';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { useSay } from '../../look/toasts.js';
import { Badge, Moment } from '../../look/words.js';
import { useAct, useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { eventWords } from '../words/event-words.pure.js';
import { Photograph } from '../words/photograph.js';
import { Sentence } from '../words/who.js';

type Alert = Answer<'listAlerts'>['alerts'][number];

/** How many are shown here; all are under Visitors. */
const SHOWN = 4;

/** What nobody has seen to yet, the newest first. Where there is nothing, nothing is shown. */
export function Alerts() {
  const { data } = useRead('listAlerts', { query: { state: 'open', limit: SHOWN } });
  if (!data || data.alerts.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="alerts">
      <div className="row between">
        <h2 id="alerts">Needs somebody ({data.open})</h2>
        {data.open > SHOWN ? <Link href="/visitors">See all {data.open}</Link> : null}
      </div>
      <ul className="alerts" aria-live="polite">
        {data.alerts.map((alert) => (
          <AlertCard key={alert.id} alert={alert} />
        ))}
      </ul>
    </section>
  );
}

function AlertCard({ alert }: { readonly alert: Alert }) {
  const may = useMay();
  const { text } = eventWords(alert.type);
  return (
    <li className="alert">
      {alert.evidence && may('getEvidence') ? (
        <Photograph evidence={alert.evidence} alt={`Who stood at ${alert.door ?? 'the door'}`} />
      ) : null}
      <div className="stack tight">
        <Badge tone="bad">{alert.kind === 'visitor' ? 'Unknown visitor' : 'Alarm'}</Badge>
        <strong>
          {alert.kind === 'visitor' ? (
            'Someone who was not recognised'
          ) : (
            <Sentence text={text} person={alert.person} />
          )}
        </strong>
        <span className="quiet">
          {alert.door ? <Link href={`/doors/${alert.door}`}>{alert.door}</Link> : null}{' '}
          <Moment at={alert.at} />
        </span>
        {may('acknowledgeAlert') ? <Acknowledge alert={alert} /> : null}
      </div>
    </li>
  );
}

function Acknowledge({ alert }: { readonly alert: Alert }) {
  const say = useSay();
  const acknowledge = useAct('acknowledgeAlert', ['listAlerts']);
  const act = () =>
    acknowledge.mutate(
      { params: { id: alert.id }, body: {} },
      { onError: (problem) => say('warn', problem.message) },
    );
  return (
    <div>
      <Button size="small" busy={acknowledge.isPending} onClick={act}>
        Acknowledge
      </Button>
    </div>
  );
}
