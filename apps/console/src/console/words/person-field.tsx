import { useEffect, useEffectEvent, useState } from 'react';
import { TypedField } from '../../look/typed-field.js';
import { useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';

/** So many are offered: who is not among them is found by typing on. */
const OFFERED = 8;

interface PersonFieldProps {
  readonly label: string;
  /** The person's id; empty: anybody. */
  readonly person: string;
  readonly fault?: string | undefined;
  readonly onChoose: (person: string) => void;
}

/** One of the people, found by name, id or address while one types. Who is forgotten is found by their whole id, and Enter. */
export function PersonField({ label, person, fault, onChoose }: PersonFieldProps) {
  const may = useMay()('listPeople');
  const [typed, setTyped] = useState(person);
  const words = typed.trim();
  const query = { q: words, limit: OFFERED };
  const found = useRead('listPeople', { query }, { enabled: may && words !== '' });
  const people = words === '' ? [] : (found.data?.people ?? []);
  const meant = people.find(({ id, name }) => id === words || isSame(name, words));
  const wanted = words === '' ? '' : meant?.id;
  const choose = useEffectEvent((id: string) => {
    if (id !== person) onChoose(id);
  });
  useEffect(() => {
    if (wanted !== undefined) choose(wanted);
  }, [wanted]);
  return (
    <TypedField
      label={label}
      placeholder="Anybody: name or id"
      hint={meant?.id === words ? meant.name : meant?.id}
      value={typed}
      offered={people.map(({ id, name }) => [id, name] as const)}
      fault={fault}
      onTyped={setTyped}
      onBlur={() => choose(wanted ?? words)}
      onKeyDown={({ key }) => {
        if (key === 'Enter') choose(wanted ?? words);
      }}
    />
  );
}

function isSame(one: string, other: string): boolean {
  return one.localeCompare(other, undefined, { sensitivity: 'base' }) === 0;
}
