import { type ComponentProps, createElement, type ReactNode, useId } from 'react';

interface Labelled {
  readonly label: string;
  /** What is expected, said beforehand. */
  readonly hint?: ReactNode;
  /** What is wrong, in words; undefined: nothing. */
  readonly fault?: string | undefined;
  /** What stands beside the input, on its line. */
  readonly beside?: ReactNode;
}

/** What ties an input to its label, its hint and its fault; and the two, as they are shown. */
function useTies({ hint, fault }: Labelled) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', fault ? `${id}-fault` : '']
    .filter(Boolean)
    .join(' ');
  return {
    ties: {
      id,
      'aria-invalid': fault !== undefined,
      ...(described ? { 'aria-describedby': described } : {}),
    },
    hinted: hint ? (
      <span className="hint" id={`${id}-hint`}>
        {hint}
      </span>
    ) : null,
    faulted: fault ? (
      <span className="fault" id={`${id}-fault`} role="alert">
        {fault}
      </span>
    ) : null,
  };
}

type FieldProps<Kind extends 'input' | 'textarea' | 'select'> = Labelled & ComponentProps<Kind>;

/** A field of that kind of element with its label, and its fault beside it; `usual`: what holds where nothing else is said. */
function fieldOf<Kind extends 'input' | 'textarea' | 'select'>(
  kind: Kind,
  usual: Partial<ComponentProps<Kind>> = {},
) {
  return function Field({ label, hint, fault, beside, ...rest }: FieldProps<Kind>) {
    const { ties, hinted, faulted } = useTies({ label, hint, fault });
    const input = createElement(kind, { className: 'input', ...ties, ...usual, ...rest });
    return (
      <div className="field">
        <label htmlFor={ties.id}>{label}</label>
        {hinted}
        {beside ? (
          <div className="with-beside">
            {input}
            {beside}
          </div>
        ) : (
          input
        )}
        {faulted}
      </div>
    );
  };
}

/** A line of text. */
export const TextField = fieldOf('input', { type: 'text', autoComplete: 'off' });

/** Several lines of text. */
export const TextArea = fieldOf('textarea', { rows: 5 });

/** One of a few. */
export const SelectField = fieldOf('select');

/** Yes or no; `isSwitch`: something that is on or off by itself, at once, and no part of a form. */
export function CheckField({
  label,
  hint,
  fault,
  isSwitch = false,
  ...rest
}: Labelled & ComponentProps<'input'> & { readonly isSwitch?: boolean }) {
  const { ties, hinted, faulted } = useTies({ label, hint, fault });
  return (
    <div className={isSwitch ? 'check switch' : 'check'}>
      <input type="checkbox" role={isSwitch ? 'switch' : undefined} {...ties} {...rest} />
      <div className="field">
        <label htmlFor={ties.id}>{label}</label>
        {hinted}
        {faulted}
      </div>
    </div>
  );
}
