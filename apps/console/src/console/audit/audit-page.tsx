import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { TextField } from '../../look/fields.js';
import { Pager, usePages } from '../../look/pager.js';
import { ProblemNotice } from '../../look/problem.js';
import { Scroller } from '../../look/scroller.js';
import { Badge, Empty, Loading, Moment } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { changesOf } from './changes.pure.js';

type Entry = Answer<'listAudit'>['entries'][number];
const PAGE = 50;

/** Who did what, and when. */
export default function AuditPage() {
  const [filter, setFilter] = useState({ by: '', person: '', door: '' });
  const pages = usePages(JSON.stringify(filter));
  const { by, person, door } = filter;
  const { data, error, refetch } = useRead('listAudit', {
    query: {
      limit: PAGE,
      ...(by ? { by } : {}),
      ...(person ? { person } : {}),
      ...(door ? { door } : {}),
      ...(pages.cursor ? { cursor: pages.cursor } : {}),
    },
  });
  const field = (key: keyof typeof filter, label: string) => (
    <TextField
      label={label}
      value={filter[key]}
      fault={error?.faults.get(key)}
      onChange={({ target }) => setFilter({ ...filter, [key]: target.value })}
    />
  );
  return (
    <div className="stack">
      <h1>Audit</h1>
      <div className="row filters">
        {field('by', 'Who did it')}
        {field('person', 'To whom (id)')}
        {field('door', 'At which door (id)')}
      </div>
      {error && error.faults.size === 0 ? (
        <ProblemNotice problem={error} onRetry={() => void refetch()} />
      ) : null}
      {!data && !error ? <Loading /> : null}
      {data?.entries.length === 0 ? (
        <div className="card">
          <Empty title="Nothing that fits" />
        </div>
      ) : null}
      {data && data.entries.length > 0 ? <Entries entries={data.entries} /> : null}
      <Pager pages={pages} next={data?.next ?? null} />
    </div>
  );
}

function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <Scroller label="Entries of the audit">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">Did</th>
            <th scope="col">To</th>
            <th scope="col">Before → after</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td>
                <Moment at={entry.at} />
              </td>
              <td>{entry.by}</td>
              <td>
                {entry.action} {entry.outcome === 'done' ? null : <Badge>{entry.outcome}</Badge>}
              </td>
              <td>{entry.subject}</td>
              <td>
                <Changes entry={entry} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function Changes({ entry }: { readonly entry: Entry }) {
  const changes = changesOf(entry.before, entry.after);
  return (
    <>
      {entry.detail ? <p>{entry.detail}</p> : null}
      <ul className="plain">
        {changes.map(({ name, before, after }) => (
          <li key={name}>
            {name}: {before} → {after}
          </li>
        ))}
      </ul>
    </>
  );
}
