import type { ApiProblem } from '../api/problem.js';
import { useRead } from '../api/queries.js';
import { SelectField, TextField } from '../../look/fields.js';
import { TypedField } from '../../look/typed-field.js';
import { useMay } from '../shell/me.js';
import { DoorField } from '../words/door-field.js';
import { PersonField } from '../words/person-field.js';
import { actNames, programNames } from './act-words.pure.js';
import type { AuditFilters } from './audit-filters.pure.js';

interface AuditFieldsProps {
  readonly filters: AuditFilters;
  readonly problem: ApiProblem | null;
  readonly onChange: (change: Partial<AuditFilters>) => void;
}

/** What of the audit to show: which acts, by whom, to whom, where, and when. */
export function AuditFields({ filters, problem, onChange }: AuditFieldsProps) {
  const enabled = useMay()('listOperators');
  const { data } = useRead('listOperators', {}, { enabled });
  const operators = (data?.operators ?? []).map(({ username, name }) => [username, name] as const);
  return (
    <search className="audit-fields">
      <SelectField
        label="What was done"
        value={filters.action}
        onChange={({ target }) => onChange({ action: target.value as AuditFilters['action'] })}
      >
        <option value="">Anything</option>
        {actNames.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TypedField
        label="By whom"
        placeholder="Anybody’s username"
        value={filters.by}
        offered={[...operators, ...programNames]}
        fault={problem?.faults.get('by')}
        onTyped={(by) => onChange({ by })}
      />
      <PersonField
        label="To whom"
        person={filters.person}
        fault={problem?.faults.get('person')}
        onChoose={(person) => onChange({ person })}
      />
      <DoorField
        label="At which door"
        door={filters.door}
        onChoose={(door) => onChange({ door })}
      />
      <TextField
        label="From"
        type="date"
        max={filters.to || undefined}
        value={filters.from}
        onChange={({ target }) => onChange({ from: target.value })}
      />
      <TextField
        label="Until"
        type="date"
        min={filters.from || undefined}
        value={filters.to}
        onChange={({ target }) => onChange({ to: target.value })}
      />
    </search>
  );
}
