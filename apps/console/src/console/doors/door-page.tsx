import { useState } from 'react';
import { Link, Redirect } from 'wouter';
import { Button } from '../../look/button.js';
import { Confirm } from '../../look/confirm.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { Badge, Loading } from '../../look/words.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { useAct, useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { DoorSettings } from './door-settings.js';
import './doors.css';
import { KioskCard } from './kiosk-card.js';
import { LockCard } from './lock-card.js';
import { PictureCard } from './picture-card.js';

/** One door: its kiosk, its camera's picture, its settings. */
export function DoorPage({ id }: { readonly id: string }) {
  const may = useMay();
  const { data: door, error, refetch } = useRead('getDoor', { params: { id } });
  const [isRemoved, setRemoved] = useState(false);
  if (isRemoved) return <Redirect to="/doors" />;
  if (error && !door) {
    return (
      <div className="stack">
        <ProblemNotice problem={error} onRetry={() => void refetch()} />
        <Link href="/doors">All doors</Link>
      </div>
    );
  }
  if (!door) return <Loading />;
  return (
    <div className="stack">
      <Link href="/doors">All doors</Link>
      <div className="row">
        <h1>{door.name}</h1>
        <code className="quiet">{door.id}</code>
        {door.outOfService ? <Badge tone="warn">Out of service</Badge> : null}
      </div>
      <div className="door-columns">
        <div className="stack">
          {may('createPairing') ? <KioskCard door={door} /> : null}
          {may('getPicture') ? <PictureCard id={id} /> : null}
          <LockCard door={door} />
        </div>
        {may('updateDoor') ? <DoorSettings door={door} /> : null}
      </div>
      {may('removeDoor') ? <RemoveDoor id={id} onRemoved={() => setRemoved(true)} /> : null}
    </div>
  );
}

interface RemoveDoorProps {
  readonly id: string;
  readonly onRemoved: () => void;
}

function RemoveDoor({ id, onRemoved }: RemoveDoorProps) {
  const [isAsked, setAsked] = useState(false);
  const say = useSay();
  const remove = useAct('removeDoor', ['listDoors', 'getOverview']);
  const ask = () => {
    remove.reset();
    setAsked(true);
  };
  const confirm = () =>
    remove.mutate(
      { params: { id } },
      {
        onSuccess: () => {
          say('good', `The door ${id} was removed.`);
          onRemoved();
        },
      },
    );
  return (
    <section className="card danger" aria-labelledby="remove">
      <ul className="acts">
        <li>
          <div>
            <h2 id="remove">Remove the door</h2>
            <span className="quiet">
              It lets nobody in any more. What happened there stays in the events.
            </span>
          </div>
          <Button kind="warning" onClick={ask}>
            Remove…
          </Button>
        </li>
      </ul>
      {isAsked ? (
        <Confirm
          title="Remove this door?"
          act="Remove the door"
          typed={id}
          busy={remove.isPending}
          faults={faultsBeside(remove.error)}
          onConfirm={confirm}
          onClose={() => setAsked(false)}
        >
          <p>Its kiosk is cut off at once, and its settings are gone.</p>
        </Confirm>
      ) : null}
    </section>
  );
}
