import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Button } from '../../look/button.js';
import { Confirm } from '../../look/confirm.js';
import { Pager } from '../../look/pager.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { Empty, Loading, Moment } from '../../look/words.js';
import { useAct, useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { useFilters } from '../shell/use-filters.js';
import { readerWords, streamOf } from '../system/part-words.pure.js';

type DeadLetter = Answer<'listDeadLetters'>['deadLetters'][number];
const PAGE = 50;
const EVERY_MS = 10_000;
const kinds = {};

/** Messages that could not be handled, why, and what may be done. */
export function DeadLetters() {
  const { pages } = useFilters('/messages/dead', kinds);
  const { data, error, refetch, isPlaceholderData } = useRead(
    'listDeadLetters',
    { query: { limit: PAGE, ...(pages.cursor ? { cursor: pages.cursor } : {}) } },
    { everyMs: EVERY_MS },
  );
  return (
    <div className="stack">
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data?.deadLetters.length === 0 ? (
        <div className="card">
          <Empty title="No dead letters">
            <p>
              A message that cannot be handled is put here with its reason, so that nothing is lost.
            </p>
          </Empty>
        </div>
      ) : null}
      <ul className="plain stack">
        {data?.deadLetters.map((letter) => (
          <LetterCard key={letter.id} letter={letter} />
        ))}
      </ul>
      <Pager pages={pages} next={data?.next ?? null} isOld={isPlaceholderData} isByTime />
    </div>
  );
}

function LetterCard({ letter }: { readonly letter: DeadLetter }) {
  const may = useMay();
  return (
    <li className="card stack">
      <strong>{letter.reason ?? 'No reason was given'}</strong>
      <dl className="facts">
        <dt>When</dt>
        <dd>
          <Moment at={letter.at} />
        </dd>
        <dt>Code</dt>
        <dd>{letter.code ?? 'none'}</dd>
        <dt>Who could not handle it</dt>
        <dd>
          {readerWords[letter.consumer]?.does ?? letter.consumer}{' '}
          <code className="quiet">{letter.consumer}</code>
        </dd>
        <dt>Out of what</dt>
        <dd>
          {streamOf(letter.stream)} <code className="quiet">{letter.stream}</code>
        </dd>
        <dt>Tried</dt>
        <dd>{letter.deliveries ?? 'an unknown number of'} times</dd>
      </dl>
      <div className="row">
        {may('replayDeadLetter') ? <Retry id={letter.id} /> : null}
        {may('dropDeadLetter') ? <Drop id={letter.id} /> : null}
      </div>
    </li>
  );
}

function Retry({ id }: { readonly id: number }) {
  const say = useSay();
  const replay = useAct('replayDeadLetter', ['listDeadLetters', 'listDeliveries']);
  const act = () =>
    replay.mutate(
      { params: { id: String(id) } },
      {
        onSuccess: ({ outcome }) =>
          say(
            'good',
            outcome === 'handled' ? 'It was handled.' : 'It is nobody’s business any more.',
          ),
        onError: (problem) => say('bad', `${problem.message} ${problem.action}`),
      },
    );
  return (
    <Button busy={replay.isPending} onClick={act}>
      Try again
    </Button>
  );
}

function Drop({ id }: { readonly id: number }) {
  const [isAsked, setAsked] = useState(false);
  const say = useSay();
  const drop = useAct('dropDeadLetter', ['listDeadLetters']);
  const act = () =>
    drop.mutate(
      { params: { id: String(id) } },
      {
        onSuccess: () => say('good', 'It was dropped.'),
        onError: (problem) => say('bad', `${problem.message} ${problem.action}`),
        onSettled: () => setAsked(false),
      },
    );
  return (
    <>
      <Button onClick={() => setAsked(true)}>Drop…</Button>
      {isAsked ? (
        <Confirm
          title="Drop this message?"
          act="Drop it"
          busy={drop.isPending}
          onConfirm={act}
          onClose={() => setAsked(false)}
        >
          <p>It is gone then, and what it should have done is not done.</p>
        </Confirm>
      ) : null}
    </>
  );
}
