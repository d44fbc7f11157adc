import type { Answer } from '@latchkey/gateway/api';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { SelectField } from '../../look/fields.js';
import { Pager } from '../../look/pager.js';
import { ProblemNotice } from '../../look/problem.js';
import { Scroller } from '../../look/scroller.js';
import { useSay } from '../../look/toasts.js';
import { Badge, Empty, Loading, Moment } from '../../look/words.js';
import { useAct, useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { useFilters } from '../shell/use-filters.js';
import { useCaughtMail } from './caught-mail.js';
import { NobodyHears } from '../words/nobody-hears.js';
import { Who } from '../words/who.js';
import { deliveryWords, occasionWords, waitingWords } from './message-words.pure.js';

type Delivery = Answer<'listDeliveries'>['deliveries'][number];
const PAGE = 50;
const EVERY_MS = 10_000;
const kinds = { which: ['all', 'failed'] } as const;
type Which = (typeof kinds.which)[number];

/** What was mailed to whom, when, and what could not be. */
export function Deliveries() {
  const { filters, look, pages } = useFilters('/messages', kinds);
  const failedOnly = filters.which === 'failed';
  const { data, error, refetch, isPlaceholderData } = useRead(
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
      <NobodyHears />
      <div className="row filters">
        <SelectField
          label="Which"
          value={filters.which}
          onChange={({ target }) => look({ which: target.value as Which })}
        >
          <option value="all">All</option>
          <option value="failed">Those that failed</option>
        </SelectField>
        <StillToBeSent />
      </div>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data?.deliveries.length === 0 ? (
        <div className="card">
          <NoDeliveries failedOnly={failedOnly} hasOlder={data.next !== null} />
        </div>
      ) : null}
      {data && data.deliveries.length > 0 ? <DeliveryTable deliveries={data.deliveries} /> : null}
      <Pager pages={pages} next={data?.next ?? null} isOld={isPlaceholderData} isByTime />
    </div>
  );
}

/** Mails that wait, such as for a mail server that is away: no list has them yet. */
function StillToBeSent() {
  const { data } = useRead('getStatus', {}, { everyMs: EVERY_MS });
  return <output className="quiet">{waitingWords(data?.consumers ?? [])}</output>;
}

interface NoDeliveriesProps {
  readonly failedOnly: boolean;
  /** Not all have been looked at. */
  readonly hasOlder: boolean;
}

function NoDeliveries({ failedOnly, hasOlder }: NoDeliveriesProps) {
  if (hasOlder) return <Empty title="None of the mails of this page. Older ones may be." />;
  return (
    <Empty title={failedOnly ? 'Nothing has failed' : 'Nothing was mailed yet'}>
      <p>
        {failedOnly
          ? 'A mail that a mail server refuses for good is listed here, with what it said.'
          : 'Codes, and the news of entries, are listed here as they are mailed, for 30 days.'}
      </p>
    </Empty>
  );
}

function DeliveryTable({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  const mailOf = useCaughtMail();
  const may = useMay();
  const hasAgain = may('sendAgain') && deliveries.some(({ state }) => state === 'failed');
  return (
    <Scroller label="Mails">
      <table className="table cards">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">To</th>
            <th scope="col">Occasion</th>
            <th scope="col">State</th>
            <th scope="col" className="number">
              Tries
            </th>
            {hasAgain ? <th scope="col">Again</th> : null}
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery) => (
            <DeliveryRow
              key={delivery.id}
              delivery={delivery}
              mail={mailOf(delivery.messageId)}
              hasAgain={hasAgain}
            />
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

interface DeliveryRowProps {
  readonly delivery: Delivery;
  /** Its id in the inbox, where it was caught. */
  readonly mail: string | undefined;
  /** Whether any mail beside it can be sent again. */
  readonly hasAgain: boolean;
}

function DeliveryRow({ delivery, mail, hasAgain }: DeliveryRowProps) {
  const { text, tone } = deliveryWords(delivery.state);
  return (
    <tr>
      <td data-label="When">
        <Moment at={delivery.at} />
      </td>
      <td data-label="To">
        {delivery.recipient ? <Who person={delivery.recipient} /> : 'Whoever was to be registered'}
      </td>
      <td data-label="Occasion">{occasionWords(delivery.occasion)}</td>
      <td data-label="State">
        <span className="row tight">
          <Badge tone={tone}>{text}</Badge>
          {mail ? (
            <Link className="unbroken" href={`/messages/inbox/${mail}`}>
              Show the mail
            </Link>
          ) : null}
        </span>
        {delivery.fault ? <p>{delivery.fault}</p> : null}
      </td>
      <td className="number" data-label="Tries">
        {delivery.tries}
      </td>
      {hasAgain ? (
        <td>{delivery.state === 'failed' ? <SendAgain id={delivery.id} /> : null}</td>
      ) : null}
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
