import type { Answer } from '@latchkey/gateway/api';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { useSay } from '../../look/toasts.js';
import { useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { type AlertGroup, foremost, groupAlerts } from '../words/alert-groups.pure.js';
import { type Alert, AlertBadge, AlertSentence, Times } from '../words/alert-words.js';
import { Photograph } from '../words/photograph.js';
import { acknowledgeWords, useAcknowledging } from '../words/use-acknowledging.js';
import { useDoorName, Where } from '../words/where.js';

/** How many groups are shown here; all are under Visitors. */
const SHOWN = 4;
/** Of each kind; more at one door than this are told to be as many. */
const READ = 50;

/** What nobody has seen to yet, the newest first, those of one door and kind together. Where there is nothing, nothing is shown. */
export function Alerts() {
  const alarms = useOpen('alarm');
  const visitors = useOpen('visitor');
  const open = alarms.open + visitors.open;
  const shown = foremost(groupAlerts([...alarms.alerts, ...visitors.alerts]), SHOWN);
  if (shown.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="alerts">
      <div className="row between">
        <h2 id="alerts">Needs somebody’s attention ({open})</h2>
        {open > shown.length ? <Link href="/visitors">See all {open}</Link> : null}
      </div>
      <ul className="alerts" aria-live="polite">
        {shown.map((group) => (
          <AlertCard key={group.key} group={group} />
        ))}
      </ul>
    </section>
  );
}

function useOpen(kind: Alert['kind']): Pick<Answer<'listAlerts'>, 'alerts' | 'open'> {
  const { data } = useRead('listAlerts', { query: { kind, state: 'open', limit: READ } });
  return data ?? { alerts: [], open: 0 };
}

interface GroupProps {
  readonly group: AlertGroup<Alert>;
}

function AlertCard({ group }: GroupProps) {
  const may = useMay();
  const nameOf = useDoorName();
  const { evidence, door, kind } = group.newest;
  return (
    <li className="alert">
      {evidence && may('getEvidence') ? (
        <Photograph
          key={evidence}
          evidence={evidence}
          alt={`Who stood at ${door ? nameOf(door) : 'the door'}`}
        />
      ) : null}
      <div className="stack tight">
        <AlertBadge kind={kind} />
        <strong>
          <AlertSentence alert={group.newest} />
        </strong>
        <span className="quiet row tight">
          {door ? <Where door={door} /> : null}
          <Times group={group} />
        </span>
        {may('acknowledgeAlert') ? <Acknowledge group={group} /> : null}
      </div>
    </li>
  );
}

function Acknowledge({ group: { alerts } }: GroupProps) {
  const say = useSay();
  const { act, isPending, error, progress } = useAcknowledging(alerts);
  useEffect(() => {
    if (error) say('warn', error.message);
  }, [error, say]);
  return (
    <div className="act">
      <Button size="small" busy={isPending} onClick={() => act()}>
        {acknowledgeWords(alerts.length, progress)}
      </Button>
    </div>
  );
}
