import type { Answer } from '@latchkey/gateway/api';
import { SelectField } from '../../look/fields.js';
import { Pager } from '../../look/pager.js';
import { ProblemNotice } from '../../look/problem.js';
import { Badge, Empty, Loading, Moment } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { isNarrowed } from '../shell/filters.pure.js';
import { useFilters } from '../shell/use-filters.js';
import { DoorField } from '../words/door-field.js';
import { eventKinds, factsOf, isAlarm, whoOf, whyOf, wordsOf } from '../words/event-words.pure.js';
import { useDoorName, Where } from '../words/where.js';
import { Sentence } from '../words/who.js';

type Event = Answer<'listEvents'>['events'][number];
type Kind = keyof typeof eventKinds;
const PAGE = 30;
const kinds = {
  door: 'text',
  kind: ['everything', 'entries', 'denials', 'alarms', 'people', 'doors'],
} as const;

/** What happened, the newest first, by door and kind. */
export function EventStream() {
  const { filters, look, pages } = useFilters('/', kinds);
  const { types } = eventKinds[filters.kind];
  const query = {
    order: 'newest' as const,
    limit: PAGE,
    ...(filters.door ? { door: filters.door } : {}),
    ...(types ? { type: types } : {}),
    ...(pages.cursor ? { cursor: pages.cursor } : {}),
  };
  const { data, error, refetch, isPlaceholderData } = useRead('listEvents', { query });
  return (
    <section className="stack" aria-labelledby="events">
      <div className="row between">
        <h2 id="events">Activity</h2>
        <div className="row filters">
          <DoorField door={filters.door} onChoose={(door) => look({ door })} />
          <SelectField
            label="Kind"
            value={filters.kind}
            onChange={({ target }) => look({ kind: target.value as Kind })}
          >
            {kinds.kind.map((kind) => (
              <option key={kind} value={kind}>
                {eventKinds[kind].name}
              </option>
            ))}
          </SelectField>
        </div>
      </div>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <Events
          events={data.events}
          isOld={isPlaceholderData}
          isNarrowed={isNarrowed(kinds, filters)}
        />
      ) : error ? null : (
        <Loading />
      )}
      <Pager
        pages={pages}
        next={data?.more ? data.next : null}
        isOld={isPlaceholderData}
        isByTime
      />
    </section>
  );
}

interface EventsProps {
  readonly events: readonly Event[];
  readonly isOld: boolean;
  readonly isNarrowed: boolean;
}

function Events({ events, isOld, isNarrowed }: EventsProps) {
  if (events.length === 0) {
    return (
      <div className="card">
        <Empty title={isNarrowed ? 'Nothing that fits' : 'Nothing has happened yet'} />
      </div>
    );
  }
  return (
    <ol className="events card" aria-busy={isOld}>
      {events.map((event) => (
        <EventRow key={`${event.id}${event.type}`} event={event} />
      ))}
    </ol>
  );
}

function EventRow({ event }: { readonly event: Event }) {
  const nameOf = useDoorName();
  const { door, operator, reason } = factsOf(event.data);
  const why = isAlarm(event.type) ? undefined : whyOf(event.type, reason);
  const { text, tone } = wordsOf(event.type, event.data);
  return (
    <li className="event">
      <span className="quiet">
        <Moment at={event.time} />
      </span>
      <span>
        <Badge tone={tone}>{isAlarm(event.type) ? 'Alarm' : door ? nameOf(door) : 'Campus'}</Badge>
      </span>
      <span>
        <Sentence text={text} person={whoOf(event.data)} />
        {why ? `: ${why}` : ''}
        {operator ? ` by ${operator}` : ''}
        {door && isAlarm(event.type) ? (
          <>
            {' '}
            at <Where door={door} />
          </>
        ) : null}
      </span>
    </li>
  );
}
