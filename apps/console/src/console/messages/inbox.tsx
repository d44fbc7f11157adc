import { Link } from 'wouter';
import { ProblemNotice } from '../../look/problem.js';
import { Empty, Loading, Moment } from '../../look/words.js';
import { addressOf } from '../api/client.js';
import { useRead } from '../api/queries.js';

const EVERY_MS = 3_000;

/** The mails that the built-in catcher has caught, as they look. They go nowhere else. */
export function Inbox({ id }: { readonly id: string | undefined }) {
  const { data, error, refetch } = useRead('listInbox', {}, { everyMs: EVERY_MS });
  if (error && !data) return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.mails.length === 0) {
    return (
      <div className="card">
        <Empty title="No mail yet">
          <p>
            Mails are caught on this machine, so that you can try everything without a mail server.
          </p>
        </Empty>
      </div>
    );
  }
  return (
    <div className="inbox">
      <nav aria-label="Mails" className="card">
        <ul className="plain inbox-list">
          {data.mails.map((mail) => (
            <li key={mail.id}>
              <Link
                href={`/messages/inbox/${mail.id}`}
                aria-current={mail.id === id ? 'page' : undefined}
              >
                <strong>{mail.subject}</strong>
                <span className="quiet">{mail.to.join(', ')}</span>
                <span className="quiet">
                  <Moment at={mail.receivedAt} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {id ? <Mail key={id} id={id} /> : <Empty title="Choose a mail" />}
    </div>
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
      <ul className="plain stack">
        {data.attachments.map((attachment, index) => {
          if (attachment.inline) return null;
          const href = addressOf('getInboxAttachment', { params: { id, index } });
          return (
            <li key={href} className="stack tight">
              {attachment.contentType.startsWith('image/') ? (
                <img className="mail-picture" src={href} alt={`Attached: ${attachment.filename}`} />
              ) : null}
              <a href={href} download={attachment.filename}>
                Save {attachment.filename}
              </a>
            </li>
          );
        })}
      </ul>
    </article>
  );
}
