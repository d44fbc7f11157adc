import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import type { Pages } from '../../look/pager.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { Empty, Loading } from '../../look/words.js';
import { fetchBlob } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import { useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { useFilters } from '../shell/use-filters.js';
import { DeleteAll } from './delete-all.js';
import { areFewer, peopleKinds, queryOf } from './people-filters.pure.js';
import { PeopleFields } from './people-fields.js';
import { PeopleTable } from './people-table.js';
import { saveFile } from './save-file.js';

/** How often the list is read again: others register people meanwhile. */
const AGAIN_MS = 15_000;

/** Everybody, page by page; what is looked for stands in the address. */
export function PeoplePage() {
  const { filters, look, pages } = useFilters('/people', peopleKinds);
  const may = useMay();
  const query = queryOf(filters, pages.cursor);
  const read = useRead('listPeople', { query }, { everyMs: AGAIN_MS });
  const known = new Set((read.data?.people ?? []).flatMap(({ groups }) => groups));
  return (
    <div className="stack">
      <Head page={read.data} />
      <PeopleFields filters={filters} groups={[...known].toSorted()} onChange={look} />
      {read.error ? (
        <ProblemNotice problem={read.error} onRetry={() => void read.refetch()} />
      ) : null}
      {read.data ? (
        <People
          pages={pages}
          page={read.data}
          isOld={read.isPlaceholderData}
          areAll={!areFewer(filters)}
        />
      ) : read.error ? null : (
        <Loading what="Reading the list" />
      )}
      {may('deleteAllPeople') && !areFewer(filters) ? (
        <DeleteAll total={read.data?.total ?? 0} />
      ) : null}
    </div>
  );
}

type Page = Answer<'listPeople'>;

/** How many there are; a search is counted to 1000 only. */
const countOf = ({ total, totalIsMore }: Page) =>
  `${total.toLocaleString()}${totalIsMore ? '+' : ''}`;

function Head({ page }: { readonly page: Page | undefined }) {
  const may = useMay();
  return (
    <div className="row between">
      <h1>People {page ? <span className="count">{countOf(page)}</span> : null}</h1>
      <div className="row">
        {may('exportPeople') ? <Export /> : null}
        {may('importPeople') ? (
          <Link href="/people/from/csv" className="button">
            Import
          </Link>
        ) : null}
        {may('createPerson') ? (
          <Link href="/register" className="button" data-kind="primary">
            Register somebody
          </Link>
        ) : null}
      </div>
    </div>
  );
}

function Export() {
  const say = useSay();
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      saveFile('people.csv', await fetchBlob('exportPeople', {}));
    } catch (error) {
      say('bad', error instanceof ApiProblem ? error.message : 'The list could not be saved.');
    }
    setBusy(false);
  };
  return (
    <Button busy={isBusy} onClick={() => void save()}>
      Export
    </Button>
  );
}

interface PeopleProps {
  readonly pages: Pages;
  readonly page: Page;
  readonly isOld: boolean;
  /** Nobody in particular is looked for. */
  readonly areAll: boolean;
}

function People({ pages, page, isOld, areAll }: PeopleProps) {
  if (page.people.length === 0) return areAll ? <Nobody /> : <NoMatch />;
  return <PeopleTable pages={pages} page={page} isOld={isOld} />;
}

function NoMatch() {
  return (
    <Empty title="Nobody matches that">
      <p>A search looks at the beginning of ids, names and e-mail addresses.</p>
      <Link href="/people" className="button">
        Show everybody
      </Link>
    </Empty>
  );
}

function Nobody() {
  const may = useMay();
  return (
    <Empty title="Nobody is registered yet">
      {may('createPerson') ? (
        <>
          <p>Register the first person with a camera, or bring a list of people.</p>
          <Link href="/register" className="button" data-kind="primary">
            Register somebody
          </Link>
        </>
      ) : (
        <p>An enroller or administrator registers people.</p>
      )}
    </Empty>
  );
}
