import type { Answer } from '@latchkey/gateway/api';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { useSay } from '../../look/toasts.js';
import { Badge, Moment } from '../../look/words.js';
import { useAct, useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { eventWords } from '../words/event-words.pure.js';
import { Photograph } from '../words/photograph.js';
import { useDoorName, Where } from '../words/where.js';
import { Sentence } from '../words/who.js';

type Alert = Answer<'listAlerts'>['alerts'][number];

/** How many are shown here; all are under Visitors. */
const SHOWN = 4;

/**
 * What nobody has seen to yet: alarms before visitors, so that strangers push none out of sight; of each the newest first.
 * Where there is nothing, nothing is shown.
 */
export function Alerts() {
  const alarms = useOpen('alarm');
  const visitors = useOpen('visitor');
  const open = alarms.open + visitors.open;
  const shown = [...alarms.alerts, ...visitors.alerts].slice(0, SHOWN);
  if (shown.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="alerts">
      <div className="row between">
        <h2 id="alerts">Needs somebody’s attention ({open})</h2>
        {open > SHOWN ? <Link href="/visitors">See all {open}</Link> : null}
      </div>
      <ul className="alerts" aria-live="polite">
        {shown.map((alert) => (
          <AlertCard key={alert.id} alert={alert} />
        ))}
      </ul>
    </section>
  );
}

function useOpen(kind: Alert['kind']): Pick<Answer<'listAlerts'>, 'alerts' | 'open'> {
  const { data } = useRead('listAlerts', { query: { kind, state: 'open', limit: SHOWN } });
  return data ?? { alerts: [], open: 0 };
}

function AlertCard({ alert }: { readonly alert: Alert }) {
  const may = useMay();
  const nameOf = useDoorName();
  const { text } = eventWords(alert.type);
  return (
    <li className="alert">
      {alert.evidence && may('getEvidence') ? (
        <Photograph
          evidence={alert.evidence}
          alt={`Who stood at ${alert.door ? nameOf(alert.door) : 'the door'}`}
        />
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
        <span className="quiet row tight">
          {alert.door ? <Where door={alert.door} /> : null}
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
    <div className="act">
      <Button size="small" busy={acknowledge.isPending} onClick={act}>
        Acknowledge
      </Button>
    </div>
  );
}
