import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Button } from '../../look/button.js';
import { CheckField } from '../../look/fields.js';
import { Pager, usePages } from '../../look/pager.js';
import { Scroller } from '../../look/scroller.js';
import { Badge, Loading, Notice } from '../../look/words.js';

type Preview = Answer<'importPeople'>;

/** So many lines are shown at once: a list may have thousands. */
const PAGE = 100;

interface ImportPreviewProps {
  readonly preview: Preview;
  readonly isBusy: boolean;
  readonly onCommit: () => void;
}

const people = (count: number) => (count === 1 ? 'one person' : `${count.toLocaleString()} people`);

/** What is in a list, line by line, and what is wrong with it; only then can it be taken. */
export function ImportPreview({ preview, isBusy, onCommit }: ImportPreviewProps) {
  const { rows, good, faulty } = preview;
  return (
    <section className="stack" aria-labelledby="preview">
      <h2 id="preview">What is in it</h2>
      <Summary good={good} faulty={faulty} />
      {rows.length > 0 ? <Rows rows={rows} hasFaults={faulty > 0} /> : null}
      <div className="row">
        <Button kind="primary" disabled={good === 0} busy={isBusy} onClick={onCommit}>
          {good === 0 ? 'Nobody can be added' : `Add ${people(good)}`}
        </Button>
        {isBusy ? <Loading what="Thousands take a minute or two" /> : null}
      </div>
    </section>
  );
}

function Summary({ good, faulty }: Pick<Preview, 'good' | 'faulty'>) {
  if (good === 0 && faulty === 0) {
    return <Notice tone="warn" title="There is no line with a person in it." />;
  }
  if (faulty === 0) return <Notice tone="good" title={`No fault found: ${people(good)} to add.`} />;
  return (
    <Notice tone="warn" title={`${faulty === 1 ? 'One line has' : `${faulty} lines have`} faults.`}>
      <p>
        Mend the list above and check it again
        {good > 0 ? `; or add ${people(good)} now, and leave these lines out.` : '.'}
      </p>
    </Notice>
  );
}

function Rows({
  rows,
  hasFaults,
}: {
  readonly rows: Preview['rows'];
  readonly hasFaults: boolean;
}) {
  const [onlyFaults, setOnlyFaults] = useState(true);
  const wanted = hasFaults && onlyFaults ? rows.filter(({ faults }) => faults.length > 0) : rows;
  return (
    <>
      {hasFaults ? (
        <CheckField
          label="Only lines with faults"
          checked={onlyFaults}
          onChange={({ target }) => setOnlyFaults(target.checked)}
        />
      ) : null}
      <Lines key={String(onlyFaults)} rows={wanted} />
    </>
  );
}

/** Lines of a list and what is wrong with each, page by page. */
export function Lines({ rows }: { readonly rows: Preview['rows'] }) {
  const pages = usePages('lines');
  const from = Number(pages.cursor ?? 0);
  const next = from + PAGE;
  return (
    <div className="stack">
      <Scroller label="Lines">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Id</th>
              <th scope="col">Name</th>
              <th scope="col">E-mail</th>
              <th scope="col">Faults</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(from, next).map((row) => (
              <Row key={row.line} row={row} />
            ))}
          </tbody>
        </table>
      </Scroller>
      <Pager pages={pages} next={next < rows.length ? String(next) : null} isOld={false} />
    </div>
  );
}

function Row({ row }: { readonly row: Preview['rows'][number] }) {
  return (
    <tr>
      <td className="number">{row.line}</td>
      <td>{row.id}</td>
      <td>{row.name}</td>
      <td>{row.email}</td>
      <td>
        {row.faults.length === 0 ? <Badge tone="good">None</Badge> : null}
        <ul className="plain">
          {row.faults.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              <strong>{field}:</strong> {message}
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
