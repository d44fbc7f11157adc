import { useState } from 'react';
import { SelectField } from '../../look/fields.js';
import { ProblemNotice } from '../../look/problem.js';
import { Empty, Loading } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { reasonWords } from '../words/event-words.pure.js';
import { HourChart } from './hour-chart.js';
import { durationWords, hoursBack, perHour } from './insight-words.pure.js';
import './insights.css';

const spans = [
  { name: 'The last 24 hours', hours: 24 },
  { name: 'The last 7 days', hours: 7 * 24 },
  { name: 'The last 30 days', hours: 30 * 24 },
];

/** How many came in, how many did not and why, and how long it took. */
export default function InsightsPage() {
  const [hours, setHours] = useState(24);
  const [door, setDoor] = useState('');
  const [now] = useState(() => Date.now());
  const { from, to } = hoursBack(hours, now);
  const doors = useRead('listDoors', {});
  const { data, error, refetch } = useRead('getInsights', {
    query: { from, to, ...(door ? { door } : {}) },
  });
  return (
    <div className="stack">
      <h1>Insights</h1>
      <div className="row filters">
        <SelectField
          label="When"
          value={hours}
          onChange={({ target }) => setHours(Number(target.value))}
        >
          {spans.map((span) => (
            <option key={span.hours} value={span.hours}>
              {span.name}
            </option>
          ))}
        </SelectField>
        <SelectField label="Door" value={door} onChange={({ target }) => setDoor(target.value)}>
          <option value="">All doors</option>
          {doors.data?.doors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data?.outcomes.length === 0 ? (
        <div className="card">
          <Empty title="Nothing happened in that time">
            <p>Entries and denials are counted here as soon as there are some.</p>
          </Empty>
        </div>
      ) : null}
      {data && data.outcomes.length > 0 ? (
        <>
          <div className="grid">
            <Figure
              name="From the first look to the open door"
              value={durationWords(data.timeToOpenMs.median)}
              more={`95 of 100 within ${durationWords(data.timeToOpenMs.p95)}; ${data.timeToOpenMs.count} entries`}
            />
            <Figure
              name="Refused as not live"
              value={String(data.livenessRefusals)}
              more="faces that looked like a picture of one"
            />
          </div>
          <HourChart hours={perHour(data.hours, from, to)} />
          <Outcomes outcomes={data.outcomes} />
        </>
      ) : null}
    </div>
  );
}

function Figure({ name, value, more }: Readonly<Record<'name' | 'value' | 'more', string>>) {
  return (
    <div className="card stack tight">
      <span className="quiet">{name}</span>
      <strong className="figure">{value}</strong>
      <span className="quiet">{more}</span>
    </div>
  );
}

const outcomeWords: Readonly<Record<string, string>> = {
  granted: 'Entered',
  denied: 'Denied',
  expired: 'Time ran out',
  abandoned: 'Went away',
};

interface Outcome {
  readonly outcome: string;
  readonly reason: string;
  readonly count: number;
}

function Outcomes({ outcomes }: { readonly outcomes: readonly Outcome[] }) {
  const most = Math.max(1, ...outcomes.map(({ count }) => count));
  return (
    <section className="card stack" aria-labelledby="outcomes">
      <h2 id="outcomes">How attempts ended</h2>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col" colSpan={2}>
              How many
            </th>
          </tr>
        </thead>
        <tbody>
          {outcomes
            .toSorted((one, other) => other.count - one.count)
            .map(({ outcome, reason, count }) => (
              <tr key={`${outcome} ${reason}`}>
                <th scope="row">
                  {outcomeWords[outcome] ?? outcome}
                  {reason ? `: ${reasonWords(reason)}` : ''}
                </th>
                <td className="number">{count.toLocaleString()}</td>
                <td className="bar-cell" aria-hidden="true">
                  <div
                    className="bar"
                    data-outcome={outcome}
                    style={{ width: `${(count / most) * 100}%` }}
                  />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
