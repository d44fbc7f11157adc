import { useEffect, useState } from 'react';
import { Button } from '../../look/button.js';
import { Confirm } from '../../look/confirm.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { Badge } from '../../look/words.js';
import { useAct, useRead } from '../api/queries.js';

/** Pairs the kiosk that stands at the door, and parts it again. */
export function KioskCard({ id }: { readonly id: string }) {
  const isOnline = useIsOnline(id);
  const pair = useAct('createPairing', ['getDoor', 'getOverview']);
  const [isAsked, setAsked] = useState(false);
  const say = useSay();
  const unpair = useAct('unpair', ['getDoor', 'getOverview']);
  const part = () =>
    unpair.mutate(
      { params: { id } },
      {
        onSuccess: () => say('good', 'The kiosk was cut off.'),
        onError: (problem) => say('bad', problem.message),
        onSettled: () => setAsked(false),
      },
    );
  return (
    <section className="card stack" aria-labelledby="kiosk">
      <div className="row between">
        <h2 id="kiosk">Kiosk</h2>
        <output>
          <Badge tone={isOnline ? 'good' : 'warn'}>
            {isOnline ? 'Paired and online' : 'No screen is connected'}
          </Badge>
        </output>
      </div>
      <p>
        Open Latchkey’s door page on the device that stands at the door (its address was printed at
        the start, and ends in <code>/kiosk</code>), and type this door’s code there.
      </p>
      {pair.data && !isOnline ? (
        <Code code={pair.data.code} expiresAt={pair.data.expiresAt} />
      ) : null}
      {pair.error ? <ProblemNotice problem={pair.error} /> : null}
      <div className="row">
        <Button
          kind={isOnline ? undefined : 'primary'}
          busy={pair.isPending}
          onClick={() => pair.mutate({ params: { id } })}
        >
          {pair.data ? 'Make another code' : 'Pair a kiosk'}
        </Button>
        <Button onClick={() => setAsked(true)}>Cut the kiosk off…</Button>
      </div>
      {isAsked ? (
        <Confirm
          title="Cut this door’s kiosk off?"
          act="Cut it off"
          busy={unpair.isPending}
          onConfirm={part}
          onClose={() => setAsked(false)}
        >
          <p>It stops at once, and must be paired anew.</p>
        </Confirm>
      ) : null}
    </section>
  );
}

const EVERY_MS = 3_000;

/** Whether a screen of the door is connected just now. */
function useIsOnline(id: string): boolean {
  const { data } = useRead('getOverview', {}, { everyMs: EVERY_MS });
  return data?.doors.find((door) => door.id === id)?.online ?? false;
}

/** A code that is good once, and how long still. */
function Code({ code, expiresAt }: { readonly code: string; readonly expiresAt: string }) {
  const leftS = useLeftS(expiresAt);
  return (
    <div className="pairing">
      <output className="pairing-code">{leftS > 0 ? code : '····-····'}</output>
      <span className="quiet">
        {leftS > 0
          ? `Good once, for ${Math.floor(leftS / 60)}:${String(leftS % 60).padStart(2, '0')} more`
          : 'It has expired; make another.'}
      </span>
    </div>
  );
}

function useLeftS(endsAt: string): number {
  const left = () => Math.max(0, Math.round((Date.parse(endsAt) - Date.now()) / 1_000));
  const [leftS, setLeftS] = useState(left);
  useEffect(() => {
    const timer = window.setInterval(() => setLeftS(left()), 1_000);
    return () => window.clearInterval(timer);
  });
  return leftS;
}
