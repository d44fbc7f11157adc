import type { Answer } from '@latchkey/gateway/api';
import { type ChangeEvent, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { TextArea } from '../../look/fields.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { Notice } from '../../look/words.js';
import { useAct } from '../api/queries.js';
import { ImportPreview, Lines } from './import-preview.js';
import { saveFile } from './save-file.js';

type Outcome = Answer<'importPeople'>;

const SAMPLE = `id,name,email,language,guard,groups
s1024,Asha Rao,asha@campus.example,hi,no,staff;night shift
s1025,Ben Okafor,ben@campus.example,en,yes,
`;

/** What is brought, what the gateway says of it, and what came of it. */
function useImport() {
  const [csv, setCsv] = useState('');
  const [preview, setPreview] = useState<Outcome>();
  const [done, setDone] = useState<Outcome>();
  const check = useAct('importPeople');
  const commit = useAct('importPeople', ['listPeople']);
  const change = (text: string) => {
    setCsv(text);
    setPreview(undefined);
    check.reset();
    commit.reset();
  };
  return {
    csv,
    preview,
    done,
    change,
    problem: check.error ?? commit.error,
    isBrokenOff: commit.isError,
    isChecking: check.isPending,
    isCommitting: commit.isPending,
    check: () => check.mutate({ body: { csv, commit: false } }, { onSuccess: setPreview }),
    commit: () =>
      commit.mutate({ body: { csv, commit: true, skipFaulty: true } }, { onSuccess: setDone }),
    again: () => {
      change('');
      setDone(undefined);
    },
  };
}

/** Brings a list of people: every fault is shown before anybody is added. */
export function ImportPage() {
  const { csv, preview, done, ...at } = useImport();
  return (
    <div className="stack">
      <nav aria-label="Where you are">
        <Link href="/people">People</Link>
      </nav>
      <h1>Import people</h1>
      {done ? (
        <Imported outcome={done} onAgain={at.again} />
      ) : (
        <>
          <Source csv={csv} isBusy={at.isChecking} onChange={at.change} onCheck={at.check} />
          <ProblemNotice problem={at.problem} />
          {at.isBrokenOff ? (
            <p>Some may be added already: check the list again to see who is.</p>
          ) : null}
          {preview ? (
            <ImportPreview preview={preview} isBusy={at.isCommitting} onCommit={at.commit} />
          ) : null}
        </>
      )}
    </div>
  );
}

interface SourceProps {
  readonly csv: string;
  readonly isBusy: boolean;
  readonly onChange: (csv: string) => void;
  readonly onCheck: () => void;
}

function Source({ csv, isBusy, onChange, onCheck }: SourceProps) {
  const say = useSay();
  const read = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    target.value = '';
    if (file) onChange(await file.text());
  };
  return (
    <section className="card stack" aria-label="The list">
      <p>
        A list with commas (CSV), its first line naming the columns: <code>id</code>,{' '}
        <code>name</code> and <code>email</code>; where you like also <code>language</code>,{' '}
        <code>guard</code> and <code>groups</code>. Nobody is added before you have seen what is in
        it. Each is registered with a camera later, from their page.
      </p>
      <div className="row">
        <label className="button file-button">
          Choose a file
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            className="hidden-visually"
            onChange={(event) =>
              void read(event).catch(() => say('bad', 'That file could not be read.'))
            }
          />
        </label>
        <Button
          onClick={() => saveFile('people-sample.csv', new Blob([SAMPLE], { type: 'text/csv' }))}
        >
          Save a sample
        </Button>
      </div>
      <TextArea
        label="Or paste it here"
        rows={8}
        className="input code"
        spellCheck={false}
        value={csv}
        onChange={({ target }) => onChange(target.value)}
      />
      <div className="row">
        <Button kind="primary" disabled={csv.trim() === ''} busy={isBusy} onClick={onCheck}>
          Check it
        </Button>
      </div>
    </section>
  );
}

interface ImportedProps {
  readonly outcome: Outcome;
  readonly onAgain: () => void;
}

/** Who was added; and who was not, line by line, with the reason. */
function Imported({ outcome: { created, rows }, onAgain }: ImportedProps) {
  const left = rows.filter(({ faults }) => faults.length > 0);
  return (
    <>
      <Notice
        tone={created > 0 ? 'good' : 'warn'}
        title={
          created === 1 ? 'One person is added.' : `${created.toLocaleString()} people are added.`
        }
      >
        <p>No door knows their faces yet: register each from their page, with a camera.</p>
        <div className="row">
          <Link href="/people?state=listed" className="button" data-kind="primary">
            Show who is not registered yet
          </Link>
          <Button onClick={onAgain}>Import another list</Button>
        </div>
      </Notice>
      {left.length > 0 ? (
        <section className="stack" aria-labelledby="left-out">
          <h2 id="left-out">
            {left.length === 1 ? 'One line was' : `${left.length.toLocaleString()} lines were`} left
            out
          </h2>
          <Lines rows={left} />
        </section>
      ) : null}
    </>
  );
}
