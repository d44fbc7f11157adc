import { useState } from 'react';
import { useLocation } from 'wouter';
import { TextField } from '../../look/fields.js';
import { ProblemNotice } from '../../look/problem.js';
import { useAct } from '../api/queries.js';
import { idFor } from './door-words.pure.js';
import { SettingsForm, usualSettings } from './settings-form.js';

/** Adds a door. Its kiosk is paired on the door's own page, where one comes to afterwards. */
export function NewDoorPage() {
  const [id, setId] = useState('');
  const [isOwn, setOwn] = useState(false);
  const [, goTo] = useLocation();
  const create = useAct('createDoor', ['listDoors', 'getOverview']);
  const faults = create.error?.faults;
  return (
    <div className="stack narrow">
      <h1>A new door</h1>
      <SettingsForm
        settings={usualSettings}
        faults={faults}
        busy={create.isPending}
        act="Add the door"
        onNamed={(name) => {
          if (!isOwn) setId(idFor(name));
        }}
        onSubmit={(settings) =>
          create.mutate(
            { body: { ...settings, id } },
            { onSuccess: () => goTo(`/doors/${encodeURIComponent(id)}`) },
          )
        }
        before={
          <TextField
            label="Id"
            hint="It names the door in events and cannot be changed: letters, digits, - and _"
            required
            maxLength={64}
            spellCheck={false}
            autoCapitalize="none"
            value={id}
            fault={faults?.get('id')}
            onChange={({ target }) => {
              setOwn(target.value !== '');
              setId(target.value);
            }}
          />
        }
        problem={
          create.error && faults?.size === 0 ? <ProblemNotice problem={create.error} /> : null
        }
      />
    </div>
  );
}
