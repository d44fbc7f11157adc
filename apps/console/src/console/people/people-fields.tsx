import { SelectField } from '../../look/fields.js';
import { Options } from '../../look/options.js';
import { TypedField } from '../../look/typed-field.js';
import { type PeopleFilters, sorts, states } from './people-filters.pure.js';

interface PeopleFieldsProps {
  readonly filters: PeopleFilters;
  /** Groups that can be offered. */
  readonly groups: readonly string[];
  readonly onChange: (change: Partial<PeopleFilters>) => void;
}

/** Whom to show, and in which order. */
export function PeopleFields({ filters, groups, onChange }: PeopleFieldsProps) {
  return (
    <search className="people-fields">
      <TypedField
        label="Search"
        placeholder="Name, id or e-mail"
        value={filters.q}
        onTyped={(q) => onChange({ q })}
      />
      <SelectField
        label="State"
        value={filters.state}
        onChange={({ target }) => onChange({ state: target.value as PeopleFilters['state'] })}
      >
        <option value="">Everybody</option>
        <Options words={states} />
      </SelectField>
      <TypedField
        label="Group"
        placeholder="Any"
        value={filters.group}
        offered={groups.map((name) => [name, name])}
        onTyped={(group) => onChange({ group })}
      />
      <SelectField
        label="Order"
        value={filters.sort}
        onChange={({ target }) => onChange({ sort: target.value as PeopleFilters['sort'] })}
      >
        <Options words={sorts} />
      </SelectField>
    </search>
  );
}
