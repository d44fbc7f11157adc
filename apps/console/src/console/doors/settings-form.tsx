import { type FormEvent, type ReactNode, useState } from 'react';
import type { Body } from '@latchkey/gateway/api';
import { Button } from '../../look/button.js';
import { CheckField, SelectField, TextField } from '../../look/fields.js';
import { audienceNames } from './door-words.pure.js';

/** What an operator sets of a door. */
export type Settings = Body<'updateDoor'>;

/** What a door is set to when nothing is said. */
export const usualSettings: Settings = {
  name: '',
  audience: 'everyone',
  group: null,
  liveness: 'passive',
  livenessThreshold: 0.5,
  codeWaitS: 30,
  openForMs: 5_000,
  outOfService: false,
};

interface SettingsFormProps {
  readonly settings: Settings;
  readonly faults: ReadonlyMap<string, string> | undefined;
  readonly busy: boolean;
  readonly act: string;
  /** What stands before the settings, such as the id of a new door. */
  readonly before?: ReactNode;
  /** What went wrong, at the end. */
  readonly problem?: ReactNode;
  readonly onNamed?: (name: string) => void;
  readonly onSubmit: (settings: Settings) => void;
}

/** The settings of a door. */
export function SettingsForm(props: SettingsFormProps) {
  const [settings, setSettings] = useState(props.settings);
  const set = (changes: Partial<Settings>) => setSettings({ ...settings, ...changes });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit(settings);
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <TextField
        label="Name"
        hint="As people know it; it stands in mails."
        required
        maxLength={100}
        value={settings.name}
        fault={props.faults?.get('name')}
        onChange={({ target }) => {
          set({ name: target.value });
          props.onNamed?.(target.value);
        }}
      />
      {props.before}
      <Audience settings={settings} set={set} fault={props.faults?.get('group')} />
      <Checks settings={settings} set={set} faults={props.faults} />
      <CheckField
        label="Out of service"
        hint="The door says so, and lets nobody in."
        checked={settings.outOfService ?? false}
        onChange={({ target }) => set({ outOfService: target.checked })}
      />
      {props.problem}
      <div className="row">
        <Button type="submit" kind="primary" busy={props.busy}>
          {props.act}
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  readonly settings: Settings;
  readonly set: (changes: Partial<Settings>) => void;
}

function Audience({ settings, set, fault }: PartProps & { fault: string | undefined }) {
  return (
    <>
      <SelectField
        label="Who is mailed when someone enters"
        hint="Besides the person, who always gets the next code."
        value={settings.audience}
        onChange={({ target }) => {
          const chosen = audienceNames.find(([id]) => id === target.value);
          if (chosen) set({ audience: chosen[0] });
        }}
      >
        {audienceNames.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {settings.audience === 'group' ? (
        <TextField
          label="Which group"
          required
          value={settings.group ?? ''}
          fault={fault}
          onChange={({ target }) => set({ group: target.value || null })}
        />
      ) : null}
    </>
  );
}

function Checks({
  settings,
  set,
  faults,
}: PartProps & { readonly faults: ReadonlyMap<string, string> | undefined }) {
  const number = (key: 'livenessThreshold' | 'codeWaitS' | 'openForMs') => ({
    type: 'number',
    required: true,
    value: settings[key] ?? '',
    fault: faults?.get(key),
    onChange: ({ target }: { target: HTMLInputElement }) => set({ [key]: target.valueAsNumber }),
  });
  return (
    <>
      <CheckField
        label="Look whether a face is live"
        hint="Without it, a photograph may be taken for a person; the code is still needed."
        checked={settings.liveness !== 'off'}
        onChange={({ target }) => set({ liveness: target.checked ? 'passive' : 'off' })}
      />
      {settings.liveness === 'off' ? null : (
        <TextField
          label="How live a face must be"
          hint="From 0 to 1; 0.5 is usual."
          min={0}
          max={1}
          step={0.05}
          {...number('livenessThreshold')}
        />
      )}
      <TextField
        label="Seconds to show the code"
        hint="From 5 to 120."
        min={5}
        max={120}
        {...number('codeWaitS')}
      />
      <TextField
        label="Milliseconds that the lock stays open"
        hint="From 500 to 30000; the lock’s relay keeps to it."
        min={500}
        max={30_000}
        step={100}
        {...number('openForMs')}
      />
    </>
  );
}
