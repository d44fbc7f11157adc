import { type ComponentProps, useEffect, useId, useRef, useState } from 'react';
import { TextField } from './fields.js';

/** So long after the last key it is told. */
const PAUSE_MS = 250;

interface TypedFieldProps extends Omit<ComponentProps<typeof TextField>, 'value' | 'onChange'> {
  readonly value: string;
  /** What can be offered, and what each is called where that is something else. */
  readonly offered?: readonly (readonly [value: string, name: string])[];
  readonly onTyped: (typed: string) => void;
}

/** A line by which one looks for something while one types: what was typed is told after a pause, not at each key. */
export function TypedField({ value, offered, onTyped, ...rest }: TypedFieldProps) {
  const [typed, setTyped] = useTyped(value, onTyped);
  const list = useId();
  return (
    <div>
      <TextField
        type="search"
        list={offered ? list : undefined}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        {...rest}
      />
      {offered ? (
        <datalist id={list}>
          {offered.map(([one, name]) => (
            <option key={one} value={one}>
              {name}
            </option>
          ))}
        </datalist>
      ) : null}
    </div>
  );
}

/** What is being typed; it is told after a pause, and follows a value that changes for another reason. */
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
