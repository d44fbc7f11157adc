import type { Answer } from '@latchkey/gateway/api';
import { Badge, type Tone } from '../../look/words.js';
import { connectedWords } from '../words/connected-words.pure.js';
import { Where } from '../words/where.js';
import { hintOf, partWords } from './part-words.pure.js';

type Status = Answer<'getStatus'>;
type Part = Status['parts'][number];

const healthWords: Record<Part['health'], readonly [string, Tone]> = {
  ok: ['Ready', 'good'],
  'not-ready': ['Not ready', 'warn'],
  away: ['Away', 'bad'],
};

/** Every part of the system: what it is for, how many of it run, and what to do where something is wrong. */
export function Parts({ parts }: { readonly parts: Status['parts'] }) {
  return (
    <section className="stack" aria-labelledby="parts">
      <h2 id="parts">Services</h2>
      <ul className="grid plain parts">
        {parts.map((part) => (
          <PartCard key={part.name} part={part} />
        ))}
      </ul>
    </section>
  );
}

function PartCard({ part: { name, health, detail, instances } }: { readonly part: Part }) {
  const { title, does, withoutIt } = partWords[name];
  const [word, tone] = healthWords[health];
  const ready = instances.filter((one) => one.ready).length;
  return (
    <li className="card stack tight">
      <div className="head">
        <strong>{title}</strong> <Badge tone={tone}>{word}</Badge>
      </div>
      <p className="quiet">{does}</p>
      {health === 'away' ? (
        <p>
          <strong>{withoutIt}</strong> <span className="quiet">({detail})</span>
        </p>
      ) : null}
      {instances.length > 0 ? (
        <p className="quiet at-end">
          {ready === instances.length
            ? `${ready} running`
            : `${ready} of ${instances.length} ready`}
          : <code>{instances.map(({ instance }) => instance).join(', ')}</code>
        </p>
      ) : null}
      {name === 'broker' && health === 'ok' ? (
        <p className="quiet at-end">Answers in {detail.replace(' away', '')}</p>
      ) : null}
      <Faults instances={instances} />
      <Warnings instances={instances} />
    </li>
  );
}

function Faults({ instances }: Pick<Part, 'instances'>) {
  const faulty = instances.filter(({ faults }) => faults.length > 0);
  if (faulty.length === 0) return null;
  return (
    <ul className="plain stack tight">
      {faulty.map(({ instance, faults }) => (
        <li key={instance}>
          <strong>{instance}:</strong>{' '}
          {faults.map(({ check, why }) => (
            <span key={check}>
              {hintOf(check)} <span className="quiet">({why})</span>{' '}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** What works but is set so that it is not safe. */
function Warnings({ instances }: Pick<Part, 'instances'>) {
  const warned = instances.flatMap(({ instance, warnings = [] }) =>
    warnings.map((words) => ({ instance, words })),
  );
  if (warned.length === 0) return null;
  return (
    <ul className="plain stack tight">
      {warned.map(({ instance, words }) => (
        <li key={`${instance} ${words}`}>
          <Badge tone="warn">Not safe</Badge> {words}
        </li>
      ))}
    </ul>
  );
}

/** What is connected at the doors. */
export function Connected({ connected }: Pick<Status, 'connected'>) {
  return (
    <section className="stack" aria-labelledby="connected">
      <h2 id="connected">Kiosks and cameras</h2>
      {connected.length === 0 ? (
        <p className="quiet">None is connected. A kiosk is paired on its door’s page.</p>
      ) : null}
      <ul className="grid plain">
        {connected.map(({ door, capture, kiosks, cameras }) => (
          <li key={`${door} ${capture}`} className="card stack tight">
            <strong>
              <Where door={door} />
            </strong>
            <span className="quiet">{connectedWords({ kiosks, cameras })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
