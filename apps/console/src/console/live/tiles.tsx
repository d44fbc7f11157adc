import type { Answer } from '@latchkey/gateway/api';
import { Link } from 'wouter';
import { ProblemNotice } from '../../look/problem.js';
import { Badge, Empty, Loading, Moment } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { CameraLook } from '../words/camera-look.js';
import { connectedWords } from '../words/connected-words.pure.js';
import { eventWords, isAlarm, whyOf } from '../words/event-words.pure.js';
import { Sentence } from '../words/who.js';
import { tileWords } from './phase-words.pure.js';

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
  const { text, tone } = tileWords(door);
  const may = useMay();
  return (
    <li className="card tile" data-tone={tone}>
      <div className="head">
        <Link className="tile-name" href={`/doors/${door.id}`}>
          {door.name}
        </Link>
        <Badge tone={tone}>{text}</Badge>
      </div>
      {door.display?.name ? <strong>{door.display.name}</strong> : null}
      <p className="quiet">
        {door.online ? connectedWords(door) : 'No kiosk and no camera is connected'}
      </p>
      <p className="quiet">{door.last ? <LastEvent last={door.last} /> : 'Nothing happened yet'}</p>
      {may('getPicture') && door.online ? <CameraLook door={door.id} isQuiet /> : null}
    </li>
  );
}

function LastEvent({ last }: { readonly last: NonNullable<DoorNow['last']> }) {
  const { text } = eventWords(last.type);
  const why = isAlarm(last.type) ? undefined : whyOf(last.type, last.reason);
  return (
    <>
      <Sentence text={text} person={last.person} />
      {why ? `: ${why}` : ''}, <Moment at={last.at} />
    </>
  );
}
