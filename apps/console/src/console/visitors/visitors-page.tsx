import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Pager, usePages } from '../../look/pager.js';
import { SelectField } from '../../look/fields.js';
import { ProblemNotice } from '../../look/problem.js';
import { Empty, Loading } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { VisitorCard } from './visitor-card.js';
import './visitors.css';

type Kind = NonNullable<Answer<'listAlerts'>['alerts'][number]['kind']>;

const PAGE = 24;

/** Unknown people and alarms, with their photographs, and who has seen to them. */
export default function VisitorsPage() {
  const [kind, setKind] = useState<Kind | ''>('visitor');
  const [state, setState] = useState<'open' | 'acknowledged' | ''>('open');
  const pages = usePages(`${kind} ${state}`);
  const { data, error, refetch } = useRead('listAlerts', {
    query: {
      limit: PAGE,
      ...(kind ? { kind } : {}),
      ...(state ? { state } : {}),
      ...(pages.cursor ? { cursor: pages.cursor } : {}),
    },
  });
  return (
    <div className="stack">
      <h1>Visitors and alarms</h1>
      <div className="row filters">
        <SelectField
          label="What"
          value={kind}
          onChange={({ target }) =>
            setKind(target.value === 'visitor' || target.value === 'alarm' ? target.value : '')
          }
        >
          <option value="visitor">Unknown visitors</option>
          <option value="alarm">Alarms</option>
          <option value="">Both</option>
        </SelectField>
        <SelectField
          label="Seen to"
          value={state}
          onChange={({ target }) =>
            setState(target.value === 'open' || target.value === 'acknowledged' ? target.value : '')
          }
        >
          <option value="open">Not yet</option>
          <option value="acknowledged">Yes</option>
          <option value="">Both</option>
        </SelectField>
      </div>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data?.alerts.length === 0 ? (
        <div className="card">
          <Empty title={state === 'open' ? 'Nobody is waiting to be looked at' : 'Nothing here'}>
            <p>Whoever is not recognised at a door appears here, with a photograph.</p>
          </Empty>
        </div>
      ) : null}
      <ul className="visitors">
        {data?.alerts.map((alert) => (
          <VisitorCard key={alert.id} alert={alert} />
        ))}
      </ul>
      <Pager pages={pages} next={data?.next ?? null} />
    </div>
  );
}
