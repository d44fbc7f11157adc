import type { Answer } from '@latchkey/gateway/api';
import { Link, useSearch } from 'wouter';
import { ProblemNotice } from '../../look/problem.js';
import { Empty, Loading, Moment } from '../../look/words.js';
import { addressOf } from '../api/client.js';
import { useRead } from '../api/queries.js';
import { MailPicture } from './mail-picture.js';

const EVERY_MS = 3_000;

/** The mails that the built-in catcher has caught, as they look. They go nowhere else. */
export function Inbox({ id }: { readonly id: string | undefined }) {
  const to = new URLSearchParams(useSearch()).get('to');
  const sent = { query: to ? { to } : {} };
  const { data, error, refetch } = useRead('listInbox', sent, { everyMs: EVERY_MS });
  if (error && !data) return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const [newest] = data.mails;
  if (!newest) return <NoMail to={to} />;
  // Of one address, the newest is what one looks for. Of all, it stands beside the list where there is room.
  const chosen = id ?? (to ? newest.id : undefined);
  const shown = chosen ?? newest.id;
  return (
    <div className="inbox-place stack">
      {to ? <OfOne to={to} /> : null}
      <div className="inbox" data-chosen={chosen !== undefined}>
        <MailList mails={data.mails} shown={shown} />
        <div className="stack">
          {to ? null : (
            <Link href="/messages/inbox" className="to-all">
              All mails
            </Link>
          )}
          <Mail key={shown} id={shown} />
        </div>
      </div>
    </div>
  );
}

/** That these are not all, and the way to all. */
function OfOne({ to }: { readonly to: string }) {
  return (
    <p>
      Mails to <strong>{to}</strong> only. <Link href="/messages/inbox">Show all mails</Link>
    </p>
  );
}

function NoMail({ to }: { readonly to: string | null }) {
  return (
    <div className="card">
      <Empty title={to ? `No mail to ${to} yet` : 'No mail yet'}>
        {to ? (
          <>
            <Loading what="It is shown as soon as it comes" />
            <Link href="/messages/inbox">Show all mails</Link>
          </>
        ) : (
          <p>
            Mails are caught on this machine, so that you can try everything without a mail server.
          </p>
        )}
      </Empty>
    </div>
  );
}

interface MailListProps {
  readonly mails: Answer<'listInbox'>['mails'];
  readonly shown: string;
}

function MailList({ mails, shown }: MailListProps) {
  return (
    <nav aria-label="Mails" className="card">
      <ul className="plain inbox-list">
        {mails.map(({ id, subject, to, receivedAt }) => (
          <li key={id}>
            <Link href={`/messages/inbox/${id}`} aria-current={id === shown ? 'page' : undefined}>
              <strong>{subject}</strong>
              <span className="quiet">{to.join(', ')}</span>
              <span className="quiet">
                <Moment at={receivedAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Mail({ id }: { readonly id: string }) {
  const { data, error } = useRead('getInboxMail', { params: { id } });
  if (error) return <ProblemNotice problem={error} />;
  if (!data) return <Loading />;
  return (
    <article className="card stack" aria-labelledby="subject">
      <h2 id="subject">{data.subject}</h2>
      <dl className="facts">
        <dt>From</dt>
        <dd>{data.from}</dd>
        <dt>To</dt>
        <dd>{data.to.join(', ')}</dd>
        <dt>Came</dt>
        <dd>
          <Moment at={data.receivedAt} />
        </dd>
      </dl>
      <Attachments id={id} attachments={data.attachments} />
      {data.html ? (
        <iframe
          className="mail-frame"
          title={`The mail: ${data.subject}`}
          sandbox=""
          src={addressOf('getInboxPage', { params: { id } })}
        />
      ) : (
        <pre>{data.text}</pre>
      )}
    </article>
  );
}

interface AttachmentsProps {
  readonly id: string;
  readonly attachments: Answer<'getInboxMail'>['attachments'];
}

function Attachments({ id, attachments }: AttachmentsProps) {
  return (
    <ul className="plain stack">
      {attachments.map(({ filename, contentType, inline }, index) => {
        if (inline) return null;
        const href = addressOf('getInboxAttachment', { params: { id, index } });
        return (
          <li key={href} className="stack tight">
            {contentType.startsWith('image/') ? <MailPicture src={href} name={filename} /> : null}
            <a href={href} download={filename}>
              Save {filename}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
