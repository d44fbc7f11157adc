import { type ReactNode, useState } from 'react';
import { Button } from '../../look/button.js';
import { CheckField, SelectField, TextField } from '../../look/fields.js';
import { Form } from '../../look/form.js';
import type { ApiProblem } from '../api/problem.js';
import { type FieldFaults, faultsBeside, withTyped } from '../api/field-faults.pure.js';
import { type DoorDraft, faultsTyped, settingNames } from './door-draft.pure.js';
import { audienceNames } from './door-words.pure.js';

/** All that can be wrong with them. */
const OPEN_FAULT = 'Choose from 0.5 to 30 seconds.';
const MATCH_FAULT = 'Choose a number from 0.45 to 0.65, or leave it empty.';

interface SettingsFormProps {
  readonly draft: DoorDraft;
  /** What was refused: said beside the fields that are to blame, else at the end. */
  readonly problem: ApiProblem | null;
  readonly busy: boolean;
  readonly act: string;
  /** What stands before the settings: the id of a new door. */
  readonly before?: ReactNode;
  /** A name is enough to begin with: all else is out of sight until it is wanted, or a fault is in it. */
  readonly isFolded?: boolean;
  readonly onChange: (changes: Partial<DoorDraft>) => void;
  /** Nothing is missing. */
  readonly onSubmit: () => void;
}

/** What can be at fault besides the name, by the API’s words. */
const folded = [
  'id',
  'openForMs',
  ...Object.keys(settingNames).filter((field) => field !== 'name'),
];

/** The settings of a door. */
export function SettingsForm(props: SettingsFormProps) {
  const { draft, onChange } = props;
  const [tries, setTries] = useState(0);
  const typed = faultsTyped(draft);
  const refused = faultsBeside(props.problem, ['name', ...folded]);
  const faults = tries > 0 ? withTyped(refused, typed) : refused;
  const submit = () => {
    setTries(tries + 1);
    if (typed.size === 0) props.onSubmit();
  };
  const others = (
    <>
      {props.before}
      <Audience draft={draft} onChange={onChange} faults={faults} />
      <Checks draft={draft} onChange={onChange} faults={faults} />
      <CheckField
        label="Out of service"
        hint="The door says so, and lets nobody in."
        checked={draft.outOfService}
        onChange={({ target }) => onChange({ outOfService: target.checked })}
      />
    </>
  );
  return (
    <Form
      faults={faults}
      found={tries}
      onSubmit={submit}
      acts={
        <Button type="submit" kind="primary" busy={props.busy}>
          {props.act}
        </Button>
      }
    >
      <TextField
        label="Name"
        hint="As people know it; it stands in mails."
        required
        maxLength={100}
        value={draft.name}
        fault={faults.of('name')}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      {props.isFolded ? <More isFaulty={folded.some(faults.of)}>{others}</More> : others}
    </Form>
  );
}

interface MoreProps {
  /** Something inside is at fault: it opens by itself. */
  readonly isFaulty: boolean;
  readonly children: ReactNode;
}

function More({ isFaulty, children }: MoreProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="more-settings"
      open={isOpen || isFaulty}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>More settings</summary>
      <div className="stack">{children}</div>
    </details>
  );
}

interface PartProps {
  readonly draft: DoorDraft;
  readonly faults: FieldFaults;
  readonly onChange: (changes: Partial<DoorDraft>) => void;
}

function Audience({ draft, faults, onChange }: PartProps) {
  return (
    <>
      <SelectField
        label={settingNames.audience}
        hint="When someone enters or a stranger is turned away. Besides: who enters always gets their next code, and guards always get alarms."
        value={draft.audience}
        onChange={({ target }) => {
          const chosen = audienceNames.find(([id]) => id === target.value);
          if (chosen) onChange({ audience: chosen[0] });
        }}
      >
        {audienceNames.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {draft.audience === 'group' ? (
        <TextField
          label="Which group"
          required
          value={draft.group}
          fault={faults.of('group')}
          onChange={({ target }) => onChange({ group: target.value })}
        />
      ) : null}
    </>
  );
}

function Checks({ draft, faults, onChange }: PartProps) {
  const number = (key: 'livenessThreshold' | 'codeWaitS' | 'openForS') => ({
    type: 'number',
    required: true,
    value: draft[key],
    fault: faults.of(key),
    onChange: ({ target }: { target: HTMLInputElement }) => onChange({ [key]: target.value }),
  });
  return (
    <>
      <SelectField
        label={settingNames.liveness}
        hint="Whether a living person stands there, or somebody holds up a photograph or a screen. A picture that fills a screen passes the look one time in three; only an act stops it: the door asks for a blink or a turn of the head, drawn by lot."
        value={draft.liveness}
        onChange={({ target }) => onChange({ liveness: livenessOf(target.value) })}
      >
        <option value="off">No: the code is still needed</option>
        <option value="passive">Yes, by how the face looks</option>
        <option value="challenge">Yes, by how the face looks and by an act</option>
      </SelectField>
      {draft.liveness === 'off' ? null : (
        <TextField
          label={settingNames.livenessThreshold}
          hint="From 0 to 1; 0.5 is usual. Higher refuses more photographs and screens, and more people."
          min={0}
          max={1}
          step={0.05}
          {...number('livenessThreshold')}
        />
      )}
      <TextField
        label={settingNames.matchThreshold}
        hint="To the one who is registered. Empty: what the number of people asks for. From 0.45 (usual) to 0.65 (strictest); at 0.55 about 1 look in 30 at the right person is not recognised."
        type="number"
        min={0.45}
        max={0.65}
        step={0.01}
        value={draft.matchThreshold}
        fault={faults.of('matchThreshold') && MATCH_FAULT}
        onChange={({ target }) => onChange({ matchThreshold: target.value })}
      />
      <TextField
        label={settingNames.codeWaitS}
        hint="From 5 to 120."
        min={5}
        max={120}
        {...number('codeWaitS')}
      />
      <TextField
        label={settingNames.openForS}
        hint="From 0.5 to 30; the lock’s relay keeps to it."
        min={0.5}
        max={30}
        step={0.1}
        {...number('openForS')}
        fault={faults.of('openForS') ?? (faults.of('openForMs') && OPEN_FAULT)}
      />
    </>
  );
}

function livenessOf(value: string): 'off' | 'passive' | 'challenge' {
  return value === 'off' || value === 'challenge' ? value : 'passive';
}
