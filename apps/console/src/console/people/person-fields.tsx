import type { Language } from '@latchkey/contracts/consent';
import { Options } from '../../look/options.js';
import { CheckField, SelectField, TextField } from '../../look/fields.js';
import type { FieldFaults } from '../api/field-faults.pure.js';
import { languages, type PersonDraft } from './person-draft.pure.js';

interface PersonFieldsProps {
  readonly draft: PersonDraft;
  readonly faults: FieldFaults;
  readonly onChange: (change: Partial<PersonDraft>) => void;
}

/** What is known of a person besides their id. */
export function PersonFields({ draft, faults, onChange }: PersonFieldsProps) {
  return (
    <>
      <TextField
        label="Name"
        value={draft.name}
        fault={faults.of('name')}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      <TextField
        label="E-mail"
        type="email"
        hint="The codes go there."
        value={draft.email}
        fault={faults.of('email')}
        onChange={({ target }) => onChange({ email: target.value })}
      />
      <SelectField
        label="Language"
        hint="A door speaks it, once it knows who is there."
        value={draft.language}
        fault={faults.of('language')}
        onChange={({ target }) => onChange({ language: target.value as Language })}
      >
        <Options words={languages} />
      </SelectField>
      <TextField
        label="Groups"
        hint="Optional; with commas between them, such as: staff, night shift."
        value={draft.groups}
        fault={faults.of('groups')}
        onChange={({ target }) => onChange({ groups: target.value })}
      />
      <CheckField
        label="Guard"
        hint="Optional; guards hear of alarms by mail."
        checked={draft.guard}
        onChange={({ target }) => onChange({ guard: target.checked })}
      />
    </>
  );
}
