import { SelectField } from '../../look/fields.js';
import { useRead } from '../api/queries.js';

interface DoorFieldProps {
  readonly label?: string;
  /** The door's id; empty: any. */
  readonly door: string;
  readonly onChoose: (door: string) => void;
}

/** One of the doors, by name; a door that is gone is offered by its id where the address says it. */
export function DoorField({ label = 'Door', door, onChoose }: DoorFieldProps) {
  const doors = useRead('listDoors', {}).data?.doors ?? [];
  return (
    <SelectField label={label} value={door} onChange={({ target }) => onChoose(target.value)}>
      <option value="">All doors</option>
      {doors.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
      {door === '' || doors.some(({ id }) => id === door) ? null : (
        <option value={door}>{door}</option>
      )}
    </SelectField>
  );
}
