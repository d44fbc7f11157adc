import { useEffect, useId, useRef, useState } from 'react';
import { SelectField, TextField } from '../../look/fields.js';
import { type PeopleFilters, sorts, states } from './people-filters.pure.js';

/** So long after the last key it is looked. */
const PAUSE_MS = 250;

interface PeopleFieldsProps {
  readonly filters: PeopleFilters;
  /** Groups that can be offered. */
  readonly groups: readonly string[];
  readonly onChange: (change: Partial<PeopleFilters>) => void;
}

/** Whom to show, and in which order. */
export function PeopleFields({ filters, groups, onChange }: PeopleFieldsProps) {
  const offered = useId();
  const [q, setQ] = useTyped(filters.q, (typed) => onChange({ q: typed }));
  const [group, setGroup] = useTyped(filters.group, (typed) => onChange({ group: typed }));
  return (
    <search className="people-fields">
      <TextField
        label="Search"
        type="search"
        placeholder="Name, id or e-mail"
        value={q}
        onChange={({ target }) => setQ(target.value)}
      />
      <SelectField
        label="State"
        value={filters.state}
        onChange={({ target }) => onChange({ state: target.value })}
      >
        <option value="">Everybody</option>
        <Options words={states} />
      </SelectField>
      <TextField
        label="Group"
        type="search"
        placeholder="Any"
        list={offered}
        value={group}
        onChange={({ target }) => setGroup(target.value)}
      />
      <datalist id={offered}>
        {groups.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
      <SelectField
        label="Order"
        value={filters.sort}
        onChange={({ target }) => onChange({ sort: target.value })}
      >
        <Options words={sorts} />
      </SelectField>
    </search>
  );
}

/** The choices of a select, by what each is called. */
export function Options({ words }: { readonly words: Readonly<Record<string, string>> }) {
  return Object.entries(words).map(([value, word]) => (
    <option key={value} value={value}>
      {word}
    </option>
  ));
}

/** What is being typed; it is told after a pause, and follows an address that changes for another reason. */
function useTyped(value: string, tell: (typed: string) => void) {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === told.current) return undefined;
    const timer = window.setTimeout(() => {
      told.current = typed;
      latest.current(typed);
    }, PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped] as const;
}
