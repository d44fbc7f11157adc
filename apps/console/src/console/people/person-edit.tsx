import { Button } from '../../look/button.js';
import { Form } from '../../look/form.js';
import { useSay } from '../../look/toasts.js';
import { call } from '../api/client.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { Overtaken, saveWords } from '../editing/overtaken.js';
import { UnsavedGuard } from '../editing/unsaved.js';
import { useEditing } from '../editing/use-editing.js';
import { draftOf, factsOf, fieldNames, type Person, personFields } from './person-draft.pure.js';
import { PersonFields } from './person-fields.js';

interface PersonEditProps {
  readonly person: Person;
  readonly onDone: () => void;
}

/** The form in which a person is changed. */
export function PersonEdit({ person, onDone }: PersonEditProps) {
  const { id } = person;
  const say = useSay();
  const editing = useEditing({
    newest: person,
    fields: personFields,
    draftOf,
    readAgain: () => call('getPerson', { params: { id } }),
    send: (draft, ifMatch) =>
      call('updatePerson', { params: { id }, body: factsOf(draft), ifMatch }),
    stale: ['getPerson', 'listPeople'],
    onSaved: ({ name }) => {
      say('good', `${name} is saved.`);
      onDone();
    },
  });
  const faults = faultsBeside(editing.problem, Object.keys(fieldNames));
  return (
    <>
      <Form
        className="card stack narrow"
        aria-label={`Edit ${id}`}
        faults={faults}
        onSubmit={editing.save}
        acts={
          <>
            <Button type="submit" kind="primary" busy={editing.isSaving}>
              {saveWords(editing.differences)}
            </Button>
            <Button onClick={onDone}>Cancel</Button>
          </>
        }
      >
        {editing.isOvertaken ? (
          <Overtaken what="person" differences={editing.differences} onTake={editing.takeTheirs} />
        ) : null}
        <PersonFields draft={editing.draft} faults={faults} onChange={editing.change} />
      </Form>
      <UnsavedGuard isUnsaved={editing.isDirty} />
    </>
  );
}
