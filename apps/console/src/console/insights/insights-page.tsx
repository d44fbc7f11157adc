import { SelectField } from '../../look/fields.js';
import { Options } from '../../look/options.js';
import { ProblemNotice } from '../../look/problem.js';
import { useNow } from '../../look/use-now.js';
import { Empty, Loading } from '../../look/words.js';
import type { Answer } from '@latchkey/gateway/api';
import { useRead } from '../api/queries.js';
import { useFilters } from '../shell/use-filters.js';
import { DoorField } from '../words/door-field.js';
import { DoorCharts } from './door-charts.js';
import { HourChart } from './hour-chart.js';
import {
  areDays,
  barsByDoor,
  barsOf,
  denialsWords,
  durationWords,
  endingWords,
  entriesWords,
  hoursBack,
  type Outcome,
  timeBars,
} from './insight-words.pure.js';
import './insights.css';
import { TimeChart } from './time-chart.js';

/** How many hours back, in the address's words. */
const spans = { day: 24, week: 7 * 24, month: 30 * 24 } as const;
const spanNames = {
  day: 'The last 24 hours',
  week: 'The last 7 days',
  month: 'The last 30 days',
} as const;
type Span = keyof typeof spans;
const kinds = { when: ['day', 'week', 'month'], door: 'text' } as const;

/** How often it is counted again. */
const AGAIN_MS = 60_000;

/** How many came in, how many did not and why, and how long it took. */
export default function InsightsPage() {
  const { filters, look } = useFilters('/insights', kinds);
  const { when, door } = filters;
  const { from, to } = hoursBack(spans[when], useNow(AGAIN_MS));
  const query = { from, to, ...(door ? { door } : {}) };
  const read = useRead('getInsights', { query }, { everyMs: AGAIN_MS });
  const { data, error, refetch, isPlaceholderData } = read;
  return (
    <div className="stack">
      <h1>Insights</h1>
      <div className="row filters">
        <SelectField
          label="When"
          value={when}
          onChange={({ target }) => look({ when: target.value as Span })}
        >
          <Options words={spanNames} />
        </SelectField>
        <DoorField door={door} onChoose={(chosen) => look({ door: chosen })} />
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
        <div className="stack" aria-busy={isPlaceholderData}>
          <Charts insights={data} />
        </div>
      ) : null}
    </div>
  );
}

function Charts({ insights }: { readonly insights: Answer<'getInsights'> }) {
  const { timeToOpenMs, livenessRefusals, timeZone, outcomes } = insights;
  const bars = barsOf(insights);
  const doors = barsByDoor(insights);
  return (
    <>
      <div className="figure-cards">
        <Figure
          name="Entered"
          value={countOf(outcomes, 'granted').toLocaleString()}
          more="by face and code"
        />
        <Figure
          name="Denied"
          value={countOf(outcomes, 'denied').toLocaleString()}
          more={denialsWords(outcomes)}
        />
        <Figure
          name="From the first look to the open door"
          value={durationWords(timeToOpenMs.median)}
          more={entriesWords(timeToOpenMs)}
        />
        <Figure
          name="Refused as not live"
          value={livenessRefusals.toLocaleString()}
          more="faces that looked like a picture of one"
        />
      </div>
      <HourChart hours={bars} timeZone={timeZone} />
      {doors.length > 1 ? (
        <DoorCharts doors={doors} isDays={areDays(bars)} timeZone={timeZone} />
      ) : null}
      {timeToOpenMs.count > 0 ? (
        <TimeChart bars={timeBars(timeToOpenMs.seconds)} timeToOpenMs={timeToOpenMs} />
      ) : null}
      <Outcomes outcomes={outcomes} />
    </>
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

function countOf(outcomes: readonly Outcome[], ended: string): number {
  return outcomes
    .filter(({ outcome }) => outcome === ended)
    .reduce((sum, { count }) => sum + count, 0);
}

function Outcomes({ outcomes }: { readonly outcomes: readonly Outcome[] }) {
  const most = Math.max(1, ...outcomes.map(({ count }) => count));
  return (
    <section className="card stack" aria-labelledby="outcomes">
      <h2 id="outcomes">How attempts ended</h2>
      <table className="table outcomes">
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
                <th scope="row">{endingWords(outcome, reason)}</th>
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
