import { type ComponentProps, type ReactNode, useEffect, useRef } from 'react';
import { type Problem, ProblemNotice } from './problem.js';

/** What was refused of what a form has sent. */
export interface FormFaults {
  /** All of it; null: nothing was. The cursor goes into the first field that is at fault. */
  readonly refused: object | null;
  /** What none of the fields is to blame for: it is said before the buttons. */
  readonly other: Problem | null;
}

interface FormProps extends Omit<ComponentProps<'form'>, 'onSubmit' | 'ref'> {
  readonly faults?: FormFaults | undefined;
  /** Besides what was refused: what the page itself has found wrong, each time that it does. */
  readonly found?: unknown;
  /** Its buttons. */
  readonly acts: ReactNode;
  /** One begins here when the page opens. */
  readonly beginsHere?: boolean;
  readonly onSubmit: () => void;
}

/** A form whose faults we say beside its fields, not the browser by bubbles of its own. */
export function Form({
  faults,
  found,
  acts,
  beginsHere = false,
  onSubmit,
  children,
  ...rest
}: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const refused = faults?.refused;
  useEffect(() => {
    if (beginsHere) form.current?.querySelector<HTMLElement>('input, button')?.focus();
  }, [beginsHere]);
  useEffect(() => {
    if (!refused && !found) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refused, found]);
  return (
    <form
      ref={form}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      {...rest}
    >
      {children}
      <div className="stack form-end">
        <ProblemNotice problem={faults?.other ?? null} />
        <div className="row">{acts}</div>
      </div>
    </form>
  );
}
