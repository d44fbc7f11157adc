import './audit.css';
import type { Answer } from '@latchkey/gateway/api';
import { Fragment, type ReactNode } from 'react';
import { Pager } from '../../look/pager.js';
import { ProblemNotice } from '../../look/problem.js';
import { Scroller } from '../../look/scroller.js';
import { Badge, Empty, Loading, Moment } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { isNarrowed } from '../shell/filters.pure.js';
import { useFilters } from '../shell/use-filters.js';
import { Where } from '../words/where.js';
import { Who } from '../words/who.js';
import { actWords, byWords, detailWords, outcomeWords } from './act-words.pure.js';
import { AuditFields } from './audit-fields.js';
import { auditKinds, queryOf } from './audit-filters.pure.js';
import { type Change, changesOf } from './changes.pure.js';

type Entry = Answer<'listAudit'>['entries'][number];
const PAGE = 50;
/** How often it is read again: others do things meanwhile. */
const AGAIN_MS = 15_000;
/** More than so many settings are shown when they are asked for. */
const MOST_AT_ONCE = 4;

/** Who did what, and when. */
export default function AuditPage() {
  const { filters, look, pages } = useFilters('/audit', auditKinds);
  const query = { limit: PAGE, ...queryOf(filters, pages.cursor) };
  const read = useRead('listAudit', { query }, { everyMs: AGAIN_MS });
  const { data, error, refetch, isPlaceholderData } = read;
  return (
    <div className="stack">
      <h1>Audit</h1>
      <AuditFields filters={filters} problem={error} onChange={look} />
      {error && error.faults.size === 0 ? (
        <ProblemNotice problem={error} onRetry={() => void refetch()} />
      ) : null}
      {!data && !error ? <Loading /> : null}
      {data?.entries.length === 0 ? (
        <div className="card">
          <Empty
            title={isNarrowed(auditKinds, filters) ? 'Nothing that fits' : 'Nothing was done yet'}
          />
        </div>
      ) : null}
      {data && data.entries.length > 0 ? (
        <div className="stack" aria-busy={isPlaceholderData}>
          <Entries entries={data.entries} />
        </div>
      ) : null}
      <Pager pages={pages} next={data?.next ?? null} isOld={isPlaceholderData} isByTime />
    </div>
  );
}

function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <Scroller label="Entries of the audit">
      <table className="table cards audit">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">By whom</th>
            <th scope="col">What was done</th>
            <th scope="col">What changed</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td data-label="When">
                <Moment at={entry.at} />
              </td>
              <td data-label="By">{byWords(entry.by)}</td>
              <td data-label="What was done">
                <span>
                  <Act entry={entry} /> <Outcome outcome={entry.outcome} />
                </span>
              </td>
              <td data-label="What changed">
                <Changes entry={entry} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

/** What was done, with whom or what it was done to as a way to their page. */
function Act({ entry: { action, subject, person, door } }: { readonly entry: Entry }) {
  const named: Readonly<Record<string, ReactNode>> = {
    '{who}': <Who person={person} />,
    '{door}': door ? <Where door={door} /> : 'a door',
    '{operator}': <strong>{subject}</strong>,
  };
  const parts = actWords(action).split(/(\{\w+\})/);
  return (
    <>
      {parts.map((part, index) => (
        <Fragment key={index}>{named[part] ?? part}</Fragment>
      ))}
    </>
  );
}

function Outcome({ outcome }: { readonly outcome: string }) {
  const words = outcomeWords(outcome);
  return words ? <Badge tone={words.isBad ? 'bad' : undefined}>{words.text}</Badge> : null;
}

function Changes({ entry }: { readonly entry: Entry }) {
  const changes = changesOf(entry.before, entry.after);
  const detail = detailWords(entry.action, entry.detail);
  if (changes.length === 0)
    return detail ? <>{detail}</> : <span className="quiet nothing">–</span>;
  if (changes.length <= MOST_AT_ONCE) return <ChangeList changes={changes} />;
  return (
    <details>
      <summary>{changes.length} settings</summary>
      <ChangeList changes={changes} />
    </details>
  );
}

function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <dl className="changes">
      {changes.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {before === undefined ? null : (
              <>
                <del>{before}</del>
                <span aria-hidden="true"> → </span>
              </>
            )}
            {after === undefined ? <span className="quiet">nothing</span> : <ins>{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
