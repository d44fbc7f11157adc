import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../look/button.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { Notice } from '../../look/words.js';
import { call } from '../api/client.js';
import type { ApiProblem } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import { faultsBeside } from './field-faults.pure.js';
import {
  type Difference,
  differencesOf,
  draftOf,
  factsOf,
  type FieldName,
  fieldNames,
  mergedWith,
  type Person,
  type PersonDraft,
} from './person-draft.pure.js';
import { PersonFields } from './person-fields.js';
import { useFocusOnFault } from './use-focus-on-fault.js';

const PRECONDITION_FAILED = 412;

interface PersonEditProps {
  readonly person: Person;
  readonly onDone: () => void;
}

/**
 * What is typed of one person, and the person that it changes. A change that another operator has made meanwhile is read,
 * and becomes what is changed from then on; what was typed stays.
 */
function useEditing(person: Person, onDone: () => void) {
  const client = useQueryClient();
  const say = useSay();
  const [base, setBase] = useState(person);
  const [draft, setDraft] = useState(() => draftOf(person));
  const [isOvertaken, setOvertaken] = useState(false);
  const act = useAct('updatePerson', ['getPerson', 'listPeople']);
  const { id } = person;
  const lookAgain = async () => {
    const now = await call('getPerson', { params: { id } });
    setDraft((typed) => mergedWith(typed, { before: draftOf(base), now: draftOf(now) }));
    setBase(now);
    setOvertaken(true);
    client.setQueryData(['getPerson', { params: { id } }], now);
  };
  const save = () =>
    act.mutate(
      { params: { id }, body: factsOf(draft), ifMatch: base.version },
      {
        onSuccess: ({ name }) => {
          say('good', `${name} is saved.`);
          onDone();
        },
        onError: (problem: ApiProblem) => {
          if (problem.status === PRECONDITION_FAILED) {
            lookAgain().catch(() => say('bad', 'What it is now could not be read: save again.'));
          }
        },
      },
    );
  const differences = isOvertaken ? differencesOf(draft, draftOf(base)) : [];
  const take = (field: FieldName) =>
    setDraft((typed) => ({ ...typed, [field]: draftOf(base)[field] }));
  return { act, draft, setDraft, save, take, isOvertaken, differences };
}

/** The form in which a person is changed. */
export function PersonEdit({ person, onDone }: PersonEditProps) {
  const form = useRef<HTMLFormElement>(null);
  const { act, draft, setDraft, save, take, isOvertaken, differences } = useEditing(person, onDone);
  const isRefused = act.error?.status === PRECONDITION_FAILED;
  const faults = faultsBeside(isRefused ? null : act.error, Object.keys(fieldNames));
  useFocusOnFault(form, act.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };
  return (
    <form
      ref={form}
      className="card stack narrow"
      aria-label={`Edit ${person.id}`}
      noValidate
      onSubmit={submit}
    >
      {isOvertaken ? <Overtaken differences={differences} onTake={take} /> : null}
      <PersonFields
        draft={draft}
        faults={faults}
        onChange={(change: Partial<PersonDraft>) => setDraft((typed) => ({ ...typed, ...change }))}
      />
      {faults.other ? <ProblemNotice problem={faults.other} /> : null}
      <div className="row">
        <Button type="submit" kind="primary" busy={act.isPending}>
          {differences.length > 0 ? 'Save mine over theirs' : 'Save'}
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}

interface OvertakenProps {
  readonly differences: readonly Difference[];
  readonly onTake: (field: FieldName) => void;
}

/** Says that someone else was faster, and in what the two differ. */
function Overtaken({ differences, onTake }: OvertakenProps) {
  return (
    <Notice
      tone="warn"
      title="Someone else has changed this person meanwhile. Nothing was saved yet."
    >
      {differences.length === 0 ? (
        <p>What you have typed is what is there now, with their changes beside it.</p>
      ) : (
        <table className="table differences">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Yours</th>
              <th scope="col">Theirs</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ field, mine, theirs }) => (
              <tr key={field}>
                <th scope="row">{fieldNames[field]}</th>
                <td>{mine || '–'}</td>
                <td>
                  {theirs || '–'}{' '}
                  <Button
                    size="small"
                    aria-label={`Take theirs: ${fieldNames[field]}`}
                    onClick={() => onTake(field)}
                  >
                    Take theirs
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Notice>
  );
}
