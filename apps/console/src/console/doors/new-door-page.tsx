import { useState } from 'react';
import { Redirect } from 'wouter';
import { TextField } from '../../look/fields.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { useAct } from '../api/queries.js';
import { UnsavedGuard } from '../editing/unsaved.js';
import { type DoorDraft, settingsOf, usualDoor } from './door-draft.pure.js';
import { idFor } from './door-words.pure.js';
import { SettingsForm } from './settings-form.js';

/** Adds a door. Its kiosk is paired on the door's own page, where one comes to afterwards. */
export function NewDoorPage() {
  const [draft, setDraft] = useState(usualDoor);
  const [ownId, setOwnId] = useState('');
  const id = ownId || idFor(draft.name);
  const create = useAct('createDoor', ['listDoors', 'getOverview']);
  if (create.data) return <Redirect to={`/doors/${encodeURIComponent(create.data.id)}`} />;
  return (
    <div className="stack narrow">
      <h1>A new door</h1>
      <div className="card">
        <SettingsForm
          draft={draft}
          problem={create.error}
          busy={create.isPending}
          isFolded
          act="Add the door"
          onChange={(changed: Partial<DoorDraft>) =>
            setDraft((typed) => ({ ...typed, ...changed }))
          }
          onSubmit={() => create.mutate({ body: { ...settingsOf(draft), id } })}
          before={
            <TextField
              label="Id"
              hint="It names the door in events and cannot be changed: lower-case letters, digits, dashes"
              required
              maxLength={64}
              spellCheck={false}
              autoCapitalize="none"
              value={id}
              fault={faultsBeside(create.error, ['id']).of('id')}
              onChange={({ target }) => setOwnId(target.value)}
            />
          }
        />
      </div>
      <UnsavedGuard isUnsaved={ownId !== '' || draft.name !== ''} />
    </div>
  );
}
