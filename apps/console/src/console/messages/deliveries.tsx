import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Button } from '../../look/button.js';
import { SelectField } from '../../look/fields.js';
import { Pager, usePages } from '../../look/pager.js';
import { ProblemNotice } from '../../look/problem.js';
import { Scroller } from '../../look/scroller.js';
import { useSay } from '../../look/toasts.js';
import { Badge, Empty, Loading, Moment } from '../../look/words.js';
import { useAct, useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { Who } from '../words/who.js';
import { deliveryWords, occasionWords } from './message-words.pure.js';

type Delivery = Answer<'listDeliveries'>['deliveries'][number];
const PAGE = 50;
const EVERY_MS = 10_000;

/** What was mailed to whom, when, and what could not be. */
export function Deliveries() {
  const [failedOnly, setFailedOnly] = useState(false);
  const pages = usePages(String(failedOnly));
  const { data, error, refetch } = useRead(
    'listDeliveries',
    {
      query: {
        limit: PAGE,
        ...(failedOnly ? { state: 'failed' as const } : {}),
        ...(pages.cursor ? { cursor: pages.cursor } : {}),
      },
    },
    { everyMs: EVERY_MS },
  );
  return (
    <div className="stack">
      <div className="row filters">
        <SelectField
          label="Which"
          value={failedOnly ? 'failed' : ''}
          onChange={({ target }) => setFailedOnly(target.value === 'failed')}
        >
          <option value="">All</option>
          <option value="failed">Those that failed</option>
        </SelectField>
      </div>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data?.deliveries.length === 0 ? (
        <div className="card">
          <Empty title={failedOnly ? 'Nothing has failed' : 'Nothing was mailed yet'}>
            <p>Codes, and the news of entries, are listed here as they are mailed.</p>
          </Empty>
        </div>
      ) : null}
      {data && data.deliveries.length > 0 ? <DeliveryTable deliveries={data.deliveries} /> : null}
      <Pager pages={pages} next={data?.next ?? null} />
    </div>
  );
}

function DeliveryTable({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  return (
    <Scroller label="Mails">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">To</th>
            <th scope="col">Occasion</th>
            <th scope="col">State</th>
            <th scope="col" className="number">
              Tries
            </th>
            <th scope="col">Again</th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} />
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function DeliveryRow({ delivery }: { readonly delivery: Delivery }) {
  const may = useMay();
  const { text, tone } = deliveryWords(delivery.state);
  return (
    <tr>
      <td>
        <Moment at={delivery.at} />
      </td>
      <td>{delivery.recipient ? <Who person={delivery.recipient} /> : 'An applicant'}</td>
      <td>{occasionWords(delivery.occasion)}</td>
      <td>
        <Badge tone={tone}>{text}</Badge>
        {delivery.fault ? <p>{delivery.fault}</p> : null}
      </td>
      <td className="number">{delivery.tries}</td>
      <td>
        {delivery.state === 'failed' && may('sendAgain') ? <SendAgain id={delivery.id} /> : null}
      </td>
    </tr>
  );
}

const outcomes: Record<Answer<'sendAgain'>['outcome'], string> = {
  'new-code': 'A new code is being mailed; the old one is void.',
  sent: 'It was sent.',
  'nothing-to-do': 'There was nothing to do: it had been sent, or its recipient was forgotten.',
};

function SendAgain({ id }: { readonly id: string }) {
  const say = useSay();
  const again = useAct('sendAgain', ['listDeliveries', 'listDeadLetters']);
  const act = () =>
    again.mutate(
      { params: { id } },
      {
        onSuccess: ({ outcome }) => say('good', outcomes[outcome]),
        onError: (problem) => say('bad', `${problem.message} ${problem.action}`),
      },
    );
  return (
    <Button size="small" busy={again.isPending} onClick={act}>
      Send again
    </Button>
  );
}
