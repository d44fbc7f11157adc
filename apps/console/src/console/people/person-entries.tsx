import type { Answer } from '@latchkey/gateway/api';
import { Button } from '../../look/button.js';
import { ProblemNotice } from '../../look/problem.js';
import { Badge, Loading, Moment } from '../../look/words.js';
import { call } from '../api/client.js';
import { useMore } from '../api/queries.js';
import { denialOf, eventWords, factsOf, reasonWords } from '../words/event-words.pure.js';
import { Where } from '../words/where.js';
import type { Person } from './person-draft.pure.js';

const PAGE = 20;
/** How often it is read again: they may stand at a door just now. */
const AGAIN_MS = 10_000;

/** What happened with this person, the newest first. */
export function PersonEntries({ person: { id, name } }: { readonly person: Person }) {
  const read = useMore(
    ['listEntries', 'pages', id],
    (cursor, signal) =>
      call('listEntries', {
        params: { id },
        query: { limit: PAGE, ...(cursor ? { cursor } : {}) },
        signal,
      }),
    nextOf,
    { everyMs: AGAIN_MS },
  );
  const events = read.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <section className="stack" aria-labelledby="entries">
      <h2 id="entries">History</h2>
      {read.error ? (
        <ProblemNotice problem={read.error} onRetry={() => void read.refetch()} />
      ) : null}
      {read.isPending ? <Loading what="Reading what happened" /> : null}
      {read.data && events.length === 0 ? (
        <p className="quiet">Nothing yet. What happens with them at a door is shown here.</p>
      ) : null}
      {events.length > 0 ? <Lines events={events} name={name} /> : null}
      {read.hasNextPage ? (
        <div className="row">
          <Button busy={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
            Show more
          </Button>
        </div>
      ) : null}
    </section>
  );
}

type Page = Answer<'listEntries'>;

function nextOf({ next }: Page): string | undefined {
  return next ?? undefined;
}

interface LinesProps {
  readonly events: Page['events'];
  readonly name: string;
}

function Lines({ events, name }: LinesProps) {
  return (
    <ul className="plain entries" aria-label="History">
      {events.map((event) => (
        <li key={event.id}>
          <Line event={event} name={name} />
        </li>
      ))}
    </ul>
  );
}

function Line({ event, name }: { readonly event: Page['events'][number]; readonly name: string }) {
  const { text, tone } = eventWords(event.type);
  const { door } = factsOf(event.data);
  const denial = denialOf(event.type, event.data);
  return (
    <>
      <Moment at={event.time} />
      <span>
        <Badge tone={tone}>{text.replace('{who}', name)}</Badge>
        {denial ? `: ${reasonWords(denial)}` : ''}
        {door ? (
          <>
            {' '}
            at <Where door={door} />
          </>
        ) : null}
      </span>
    </>
  );
}
