import type { Answer } from '@latchkey/gateway/api';
import { useSay } from '../../look/toasts.js';
import { call } from '../api/client.js';
import { Overtaken, saveWords } from '../editing/overtaken.js';
import { UnsavedGuard } from '../editing/unsaved.js';
import { useEditing } from '../editing/use-editing.js';
import { doorFields, draftOf, settingsOf } from './door-draft.pure.js';
import { SettingsForm } from './settings-form.js';

/** Changes a door's settings. Where another has changed them meanwhile, that is said, and what was typed stays. */
export function DoorSettings({ door }: { readonly door: Answer<'getDoor'> }) {
  const { id } = door;
  const say = useSay();
  const editing = useEditing({
    newest: door,
    fields: doorFields,
    draftOf,
    readAgain: () => call('getDoor', { params: { id } }),
    send: (draft, ifMatch) =>
      call('updateDoor', { params: { id }, body: settingsOf(draft), ifMatch }),
    stale: ['getDoor', 'listDoors', 'getOverview'],
    onSaved: () => say('good', 'Saved.'),
  });
  return (
    <section className="card stack" aria-labelledby="settings">
      <h2 id="settings">Settings</h2>
      {editing.isOvertaken ? (
        <Overtaken what="door" differences={editing.differences} onTake={editing.takeTheirs} />
      ) : null}
      <SettingsForm
        draft={editing.draft}
        problem={editing.problem}
        busy={editing.isSaving}
        act={saveWords(editing.differences)}
        onChange={editing.change}
        onSubmit={editing.save}
      />
      <UnsavedGuard isUnsaved={editing.isDirty} />
    </section>
  );
}
