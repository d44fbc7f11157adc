import type { Answer } from '@latchkey/gateway/api';
import { Link } from 'wouter';
import { ProblemNotice } from '../../look/problem.js';
import { Badge, Empty, Loading, Moment } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { eventWords, reasonWords } from '../words/event-words.pure.js';
import { Sentence } from '../words/who.js';
import { phaseWords } from './phase-words.pure.js';

type DoorNow = Answer<'getOverview'>['doors'][number];

/** Beside what the live stream tells: whether kiosks are there is no event. */
const EVERY_MS = 5_000;

/** Every door as a tile. */
export function Tiles() {
  const { data, error, refetch } = useRead('getOverview', {}, { everyMs: EVERY_MS });
  const may = useMay();
  if (error && !data) return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="Looking at the doors" />;
  if (data.doors.length === 0) {
    return (
      <div className="card">
        <Empty title="No door yet">
          <p>A door has a camera and a lock. Add one, then pair its kiosk.</p>
          {may('createDoor') ? (
            <Link className="button" data-kind="primary" href="/doors/new">
              Add the first door
            </Link>
          ) : null}
        </Empty>
      </div>
    );
  }
  return (
    <ul className="tiles" aria-label="Doors">
      {data.doors.map((door) => (
        <Tile key={door.id} door={door} />
      ))}
    </ul>
  );
}

function Tile({ door }: { readonly door: DoorNow }) {
  const { text, tone } = phaseWords(door.outOfService, door.display?.phase);
  return (
    <li className="card tile" data-tone={tone}>
      <div className="row between">
        <Link className="tile-name" href={`/doors/${door.id}`}>
          {door.name}
        </Link>
        <Badge tone={door.online ? undefined : 'warn'}>{door.online ? 'Online' : 'Offline'}</Badge>
      </div>
      <div className="row">
        <Badge tone={tone}>{text}</Badge>
        {door.display?.name ? <strong>{door.display.name}</strong> : null}
      </div>
      <p className="quiet">{door.last ? <LastEvent last={door.last} /> : 'Nothing happened yet'}</p>
    </li>
  );
}

function LastEvent({ last }: { readonly last: NonNullable<DoorNow['last']> }) {
  const { text } = eventWords(last.type);
  return (
    <>
      <Sentence text={text} person={last.person} />
      {last.reason ? `: ${reasonWords(last.reason)}` : ''}, <Moment at={last.at} />
    </>
  );
}
