import type { Answer } from '@latchkey/gateway/api';
import { ProblemNotice } from '../../look/problem.js';
import { Scroller } from '../../look/scroller.js';
import { Badge, Loading, Moment, type Tone } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { useMay, useMe } from '../shell/me.js';
import { Models } from './models.js';
import { bytesWords } from './bytes-words.pure.js';

type Status = Answer<'getStatus'>;

const EVERY_MS = 5_000;
const healthWords: Record<Status['parts'][number]['health'], readonly [string, Tone]> = {
  ok: ['Ready', 'good'],
  'not-ready': ['Not ready', 'warn'],
  away: ['Away', 'bad'],
};

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
        <span className="quiet">Latchkey {site.version}</span>
      </div>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data ? (
        <>
          <Parts parts={data.parts} />
          <Streams streams={data.streams} />
          <Consumers consumers={data.consumers} />
          <p className="quiet">
            As of <Moment at={data.at} />
          </p>
        </>
      ) : null}
      {may('getModels') ? <Models /> : null}
    </div>
  );
}

function Parts({ parts }: { readonly parts: Status['parts'] }) {
  return (
    <section className="stack" aria-labelledby="parts">
      <h2 id="parts">Parts</h2>
      <ul className="grid plain">
        {parts.map(({ name, health, detail, instances }) => {
          const [word, tone] = healthWords[health];
          return (
            <li key={name} className="card stack tight">
              <div className="row">
                <strong>{name}</strong> <Badge tone={tone}>{word}</Badge>
              </div>
              {health === 'ok' ? null : <p>{detail}</p>}
              <ul className="plain">
                {instances.map(({ instance, ready, faults }) => (
                  <li key={instance}>
                    {instance}: {ready ? 'ready' : faults.map(({ why }) => why).join('; ')}
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Streams({ streams }: { readonly streams: Status['streams'] }) {
  return (
    <section className="stack" aria-labelledby="streams">
      <h2 id="streams">Streams</h2>
      <Scroller label="Each stream’s size">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Stream</th>
              <th scope="col" className="number">
                Messages
              </th>
              <th scope="col" className="number">
                Size
              </th>
            </tr>
          </thead>
          <tbody>
            {streams.map(({ name, messages, sizeBytes }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="number">{messages.toLocaleString()}</td>
                <td className="number">{bytesWords(sizeBytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </section>
  );
}

function Consumers({ consumers }: { readonly consumers: Status['consumers'] }) {
  return (
    <section className="stack" aria-labelledby="consumers">
      <h2 id="consumers">Who reads them, and how far behind</h2>
      <Scroller label="Readers of the streams">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Reader</th>
              <th scope="col">Stream</th>
              <th scope="col" className="number">
                Waiting
              </th>
              <th scope="col" className="number">
                Under way
              </th>
            </tr>
          </thead>
          <tbody>
            {consumers.map(({ name, stream, waiting, underWay }) => (
              <tr key={`${stream} ${name}`}>
                <th scope="row">{name}</th>
                <td>{stream}</td>
                <td className="number">{waiting.toLocaleString()}</td>
                <td className="number">{underWay.toLocaleString()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </section>
  );
}
