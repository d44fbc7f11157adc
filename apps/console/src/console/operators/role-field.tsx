import type { OperatorRole } from '@latchkey/contracts';
import { SelectField } from '../../look/fields.js';

const roles: readonly (readonly [OperatorRole, string])[] = [
  ['administrator', 'Administrator: everything'],
  ['enroller', 'Enroller: registers people'],
  ['guard', 'Guard: watches the doors, sees to alarms'],
  ['auditor', 'Auditor: reads everything, changes nothing'],
];

interface RoleFieldProps {
  readonly role: OperatorRole;
  readonly onChoose: (role: OperatorRole) => void;
}

/** What an operator may do. */
export function RoleField({ role, onChoose }: RoleFieldProps) {
  return (
    <SelectField
      label="Role"
      value={role}
      onChange={({ target }) => {
        const chosen = roles.find(([id]) => id === target.value);
        if (chosen) onChoose(chosen[0]);
      }}
    >
      {roles.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
