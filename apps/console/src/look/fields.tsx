import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';

interface Labelled {
  readonly label: string;
  /** What is expected, said beforehand. */
  readonly hint?: ReactNode;
  /** What is wrong, in words; undefined: nothing. */
  readonly fault?: string | undefined;
}

/** What ties an input to its label, its hint and its fault. */
function useTies({ hint, fault }: Labelled) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', fault ? `${id}-fault` : '']
    .filter(Boolean)
    .join(' ');
  return {
    id,
    ties: {
      id,
      className: 'input',
      'aria-invalid': fault !== undefined,
      ...(described ? { 'aria-describedby': described } : {}),
    },
  };
}

function Frame({
  id,
  label,
  hint,
  fault,
  children,
}: Labelled & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
      {children}
      {fault ? (
        <span className="fault" id={`${id}-fault`} role="alert">
          {fault}
        </span>
      ) : null}
    </div>
  );
}

/** A line of text with its label, and its fault beside it. */
export function TextField({
  label,
  hint,
  fault,
  ...rest
}: Labelled & InputHTMLAttributes<HTMLInputElement>) {
  const { id, ties } = useTies({ label, hint, fault });
  return (
    <Frame {...{ id, label, hint, fault }}>
      <input type="text" autoComplete="off" {...ties} {...rest} />
    </Frame>
  );
}

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  fault,
  ...rest
}: Labelled & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const { id, ties } = useTies({ label, hint, fault });
  return (
    <Frame {...{ id, label, hint, fault }}>
      <textarea rows={5} {...ties} {...rest} />
    </Frame>
  );
}

/** One of a few. */
export function SelectField({
  label,
  hint,
  fault,
  children,
  ...rest
}: Labelled & SelectHTMLAttributes<HTMLSelectElement>) {
  const { id, ties } = useTies({ label, hint, fault });
  return (
    <Frame {...{ id, label, hint, fault }}>
      <select {...ties} {...rest}>
        {children}
      </select>
    </Frame>
  );
}

/** Yes or no. */
export function CheckField({
  label,
  hint,
  fault,
  ...rest
}: Labelled & InputHTMLAttributes<HTMLInputElement>) {
  const { id, ties } = useTies({ label, hint, fault });
  return (
    <div className="check">
      <input type="checkbox" {...ties} className={undefined} {...rest} />
      <div className="field">
        <label htmlFor={id}>{label}</label>
        {hint ? (
          <span className="hint" id={`${id}-hint`}>
            {hint}
          </span>
        ) : null}
        {fault ? (
          <span className="fault" id={`${id}-fault`} role="alert">
            {fault}
          </span>
        ) : null}
      </div>
    </div>
  );
}
