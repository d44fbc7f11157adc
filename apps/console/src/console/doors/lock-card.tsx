import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Button } from '../../look/button.js';
import { Confirm } from '../../look/confirm.js';
import { TextField } from '../../look/fields.js';
import { useNow } from '../../look/use-now.js';
import { Badge, Moment, Notice } from '../../look/words.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { useAct, useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { factsOf } from '../words/event-words.pure.js';
import { Who } from '../words/who.js';
import { notFoundWords } from './door-words.pure.js';

interface LockCardProps {
  readonly door: Pick<Answer<'getDoor'>, 'id' | 'name' | 'createdAt'>;
}

/** Whether the door is still young is looked at so often. */
const AGAIN_MS = 60_000;

/** What is known of the door's lock, and its test. */
export function LockCard({ door: { id, name, createdAt } }: LockCardProps) {
  const may = useMay();
  const never = notFoundWords(createdAt, useNow(AGAIN_MS));
  return (
    <section className="card stack" aria-labelledby="lock">
      <h2 id="lock">Lock</h2>
      <dl className="facts">
        <dt>Last tested</dt>
        <dd>
          <LastTest id={id} never={never} />
        </dd>
        <dt>Last told to open</dt>
        <dd>
          <LastOpening id={id} never={never} />
        </dd>
      </dl>
      <p className="quiet">
        The lock is told to open, and answers nothing. So whether its relay listens is not known
        here: a test shows it, to whoever stands at the door.
      </p>
      {may('testLock') ? <LockTest id={id} name={name} /> : null}
    </section>
  );
}

interface LastProps {
  readonly id: string;
  /** What is said where there was none. */
  readonly never: string;
}

/** By the audit, which forgets nothing and knows why; for who may not read it, by the events. */
function LastTest({ id, never }: LastProps) {
  const enabled = useMay()('listAudit');
  const query = { door: id, action: 'door.lock-tested' as const, limit: 1 };
  const { data } = useRead('listAudit', { query }, { enabled });
  const newest = useNewestEvent(id, 'registry.door.lock-tested', !enabled);
  if (!enabled) {
    if (!newest) return <>{newest === null ? never : '…'}</>;
    const { operator } = factsOf(newest.data);
    return <Tested at={newest.time} by={operator} />;
  }
  if (!data) return <>…</>;
  const [entry] = data.entries;
  if (!entry) return <Badge tone="warn">Never</Badge>;
  return <Tested at={entry.at} by={entry.by} why={entry.detail} />;
}

interface TestedProps {
  readonly at: string;
  readonly by: string | undefined;
  readonly why?: string;
}

function Tested({ at, by, why }: TestedProps) {
  return (
    <>
      <Moment at={at} />
      {by ? ` by ${by}` : null}
      {why ? `: ${why}` : null}
    </>
  );
}

function LastOpening({ id, never }: LastProps) {
  const newest = useNewestEvent(id, 'access.granted', true);
  if (!newest) return <>{newest === null ? never : '…'}</>;
  return (
    <>
      <Moment at={newest.time} />, for <Who person={factsOf(newest.data).person} />
    </>
  );
}

const EVERY_MS = 10_000;

/** The door's newest event of a kind; null: none is kept; undefined: not read yet. */
function useNewestEvent(door: string, type: string, enabled: boolean) {
  const query = { order: 'newest' as const, door, type, limit: 1 };
  const { data } = useRead('listEvents', { query }, { enabled, everyMs: EVERY_MS });
  return data && (data.events[0] ?? null);
}

/** Has the door's lock open once, for somebody who stands there and looks. */
function LockTest({ id, name }: { readonly id: string; readonly name: string }) {
  const [isAsked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const test = useAct('testLock', ['listEvents', 'listAudit', 'getOverview']);
  const faults = faultsBeside(test.error, ['reason']);
  const ask = () => {
    // What came of the last test is not what comes of this one.
    test.reset();
    setAsked(true);
  };
  const confirm = () =>
    test.mutate(
      { params: { id }, body: { name, reason } },
      {
        onSuccess: () => {
          setAsked(false);
          setReason('');
        },
      },
    );
  return (
    <>
      <p className="quiet">
        A test opens the lock once, as an entry would. Nobody is let in, and no code is used; it
        stands in the events and the audit.
      </p>
      {test.data ? <Told told={test.data} id={id} /> : null}
      <div>
        <Button onClick={ask}>Test the lock…</Button>
      </div>
      {isAsked ? (
        <Confirm
          title="Open this lock now?"
          act="Test the lock"
          typed={name}
          busy={test.isPending}
          faults={faults}
          onConfirm={confirm}
          onClose={() => setAsked(false)}
        >
          <div className="stack">
            <p>The door can be opened by anyone who stands there. Have somebody look at it.</p>
            <TextField
              label="Why it is tested"
              required
              maxLength={200}
              value={reason}
              fault={faults.of('reason')}
              onChange={({ target }) => setReason(target.value)}
            />
          </div>
        </Confirm>
      ) : null}
    </>
  );
}

function Told({ told, id }: { readonly told: Answer<'testLock'>; readonly id: string }) {
  if (!told.sent) {
    return (
      <Notice tone="bad" title="The lock was not told in time.">
        <p>
          The broker did not answer, and a late order does not open it. Try again in ten seconds.
        </p>
      </Notice>
    );
  }
  return (
    <Notice title="The lock was told to open.">
      <p>
        Whether it did is seen at the door alone. If it did not by <Moment at={told.expiresAt} />,
        no relay may be listening: <code>latchkey relay {id}</code> starts one on the machine that
        is wired to the lock.
      </p>
    </Notice>
  );
}
