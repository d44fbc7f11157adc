import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { SelectField } from '../../look/fields.js';
import { ProblemNotice } from '../../look/problem.js';
import { Badge, Empty, Loading, Moment } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import {
  denialOf,
  eventKinds,
  eventWords,
  factsOf,
  isAlarm,
  reasonWords,
} from '../words/event-words.pure.js';
import { Sentence } from '../words/who.js';

type Event = Answer<'listEvents'>['events'][number];
const PAGE = 30;

/** What happened, the newest first, by door and kind. */
export function EventStream() {
  const [door, setDoor] = useState('');
  const [types, setTypes] = useState('');
  const [before, setBefore] = useState<readonly string[]>([]);
  const doors = useRead('listDoors', {});
  const cursor = before.at(-1);
  const query = {
    order: 'newest' as const,
    limit: PAGE,
    ...(door ? { door } : {}),
    ...(types ? { type: types } : {}),
    ...(cursor ? { cursor } : {}),
  };
  const { data, error, refetch } = useRead('listEvents', { query });
  const choose = (set: (value: string) => void) => (value: string) => {
    set(value);
    setBefore([]);
  };
  return (
    <section className="stack" aria-labelledby="events">
      <div className="row between">
        <h2 id="events">What happens</h2>
        <div className="row filters">
          <SelectField label="Door" value={door} onChange={(e) => choose(setDoor)(e.target.value)}>
            <option value="">All doors</option>
            {doors.data?.doors.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <SelectField
            label="Kind"
            value={types}
            onChange={(e) => choose(setTypes)(e.target.value)}
          >
            {eventKinds.map((kind) => (
              <option key={kind.name} value={kind.types}>
                {kind.name}
              </option>
            ))}
          </SelectField>
        </div>
      </div>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {data ? <Events events={data.events} /> : error ? null : <Loading />}
      <div className="row">
        <Button size="small" disabled={!cursor} onClick={() => setBefore(before.slice(0, -1))}>
          Newer
        </Button>
        <Button
          size="small"
          disabled={!data?.more}
          onClick={() => data && setBefore([...before, data.next])}
        >
          Older
        </Button>
      </div>
    </section>
  );
}

function Events({ events }: { readonly events: readonly Event[] }) {
  if (events.length === 0) {
    return (
      <div className="card">
        <Empty title="Nothing has happened yet" />
      </div>
    );
  }
  return (
    <ol className="events card">
      {events.map((event) => (
        <EventRow key={`${event.id}${event.type}`} event={event} />
      ))}
    </ol>
  );
}

function EventRow({ event }: { readonly event: Event }) {
  const { door, person, candidates } = factsOf(event.data);
  const denial = denialOf(event.type, event.data);
  const { text, tone } = eventWords(event.type);
  return (
    <li className="event">
      <span className="quiet">
        <Moment at={event.time} />
      </span>
      <span>
        <Badge tone={tone}>{isAlarm(event.type) ? 'Alarm' : (door ?? 'Campus')}</Badge>
      </span>
      <span>
        <Sentence text={text} person={person ?? candidates?.[0]?.person} />
        {denial ? `: ${reasonWords(denial)}` : ''}
        {door && isAlarm(event.type) ? (
          <>
            {' '}
            at <Link href={`/doors/${door}`}>{door}</Link>
          </>
        ) : null}
      </span>
    </li>
  );
}
