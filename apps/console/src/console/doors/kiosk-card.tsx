import type { Answer } from '@latchkey/gateway/api';
import { useEffect, useState } from 'react';
import { Button } from '../../look/button.js';
import { Confirm } from '../../look/confirm.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { Badge } from '../../look/words.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { useAct, useRead } from '../api/queries.js';
import { useMe } from '../shell/me.js';

type Door = Answer<'getDoor'>;

/** How often the door is read while a code is shown: until a kiosk has used it. */
const AGAIN_MS = 3_000;

/** The version of a door with which nothing was done since it was made: what could be cut off is a token that nobody uses. */
const NEW = 1;

/** Pairs the kiosk that stands at the door, and parts it again. */
export function KioskCard({ door: { id, hasKiosk, version } }: { readonly door: Door }) {
  const isOnline = useIsOnline(id);
  const pair = useAct('createPairing', ['getDoor']);
  const [isParting, setParting] = useState(false);
  const code = useUnused(id, pair.data);
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
      <KioskAddress hasCode={code !== undefined} />
      {code ? <Code code={code.code} expiresAt={code.expiresAt} /> : null}
      <ProblemNotice problem={pair.error} />
      <div className="row">
        <Button
          kind={isOnline ? undefined : 'primary'}
          busy={pair.isPending}
          onClick={() => pair.mutate({ params: { id } })}
        >
          {code ? 'Make another code' : 'Pair a kiosk'}
        </Button>
        {(hasKiosk && version > NEW) || isOnline ? (
          <Button onClick={() => setParting(true)}>Cut the kiosk off…</Button>
        ) : null}
      </div>
      {isParting ? <Part id={id} onClose={() => setParting(false)} /> : null}
    </section>
  );
}

/** A code that was made here, for as long as it is the door's and no kiosk has used it. */
function useUnused(id: string, made: Answer<'createPairing'> | undefined) {
  const [isShown, setShown] = useState(false);
  const { data } = useRead('getDoor', { params: { id } }, isShown ? { everyMs: AGAIN_MS } : {});
  const unused = made && data?.pairingExpiresAt === made.expiresAt ? made : undefined;
  if ((unused !== undefined) !== isShown) setShown(unused !== undefined);
  return unused;
}

interface PartProps {
  readonly id: string;
  readonly onClose: () => void;
}

function Part({ id, onClose }: PartProps) {
  const say = useSay();
  const unpair = useAct('unpair', ['getDoor', 'getDisplay']);
  const part = () =>
    unpair.mutate(
      { params: { id } },
      {
        onSuccess: () => {
          say('good', 'The kiosk was cut off.');
          onClose();
        },
      },
    );
  return (
    <Confirm
      title="Cut this door’s kiosk off?"
      act="Cut it off"
      busy={unpair.isPending}
      faults={faultsBeside(unpair.error)}
      onConfirm={part}
      onClose={onClose}
    >
      <p>It stops at once, and must be paired anew.</p>
    </Confirm>
  );
}

/** Where the device that stands at the door finds its page. */
function KioskAddress({ hasCode }: { readonly hasCode: boolean }) {
  const { url, localUrl } = useMe().site.kiosk;
  return (
    <div className="stack tight">
      <p>
        {hasCode
          ? 'Open the door’s page on the device that stands there, and type the code below:'
          : 'The door’s page, for the device that stands there:'}
      </p>
      <ul className="kiosk-addresses">
        {localUrl ? (
          <li>
            <a href={localUrl} target="_blank" rel="noreferrer" className="long">
              {localUrl}
            </a>{' '}
            <span className="quiet">on the machine that Latchkey runs on</span>
          </li>
        ) : null}
        {url ? (
          <li>
            <a href={url} target="_blank" rel="noreferrer" className="long">
              {url}
            </a>{' '}
            <span className="quiet">on a tablet or phone, or any other device</span>
          </li>
        ) : null}
        {(url ?? localUrl) ? null : (
          <li>
            the address at which the site serves it, which ends in <code>/kiosk</code>
          </li>
        )}
      </ul>
    </div>
  );
}

const EVERY_MS = 3_000;

/** Whether a screen of the door is connected just now. */
function useIsOnline(id: string): boolean {
  const { data } = useRead('getDisplay', { params: { id } }, { everyMs: EVERY_MS });
  return (data?.kiosks ?? 0) > 0;
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
