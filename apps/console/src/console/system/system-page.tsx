import './system.css';
import { ProblemNotice } from '../../look/problem.js';
import { Badge, Loading, Moment } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { useMay, useMe } from '../shell/me.js';
import { Lag } from './lag.js';
import { Models } from './models.js';
import { Connected, Parts } from './parts.js';

const EVERY_MS = 5_000;

/** How every part of the system is. */
export default function SystemPage() {
  const { site } = useMe();
  const may = useMay();
  const { data, error, refetch } = useRead('getStatus', {}, { everyMs: EVERY_MS });
  return (
    <div className="stack">
      <div className="row">
        <h1>System</h1>
        {data ? (
          <output>
            <Badge tone={data.ready ? 'good' : 'bad'}>
              {data.ready ? 'Everything is ready' : 'Something is wrong'}
            </Badge>
          </output>
        ) : null}
        <span className="quiet">
          Latchkey {site.version}
          {data ? (
            <>
              , as of <Moment at={data.at} />
            </>
          ) : null}
        </span>
      </div>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data ? (
        <>
          <Parts parts={data.parts} />
          <Connected connected={data.connected} />
          <Lag consumers={data.consumers} streams={data.streams} />
        </>
      ) : null}
      {may('getModels') ? <Models /> : null}
    </div>
  );
}
