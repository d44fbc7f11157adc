import type { ButtonHTMLAttributes } from 'react';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: 'primary' | 'danger' | 'warning' | 'quiet' | undefined;
  readonly size?: 'small' | undefined;
  /** While what it does is under way, it can't be asked for again. */
  readonly busy?: boolean;
}

/** A button; of type `button` where nothing else is said, so that it submits no form unasked. */
export function Button({ kind, size, busy = false, disabled, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className="button"
      data-kind={kind}
      data-size={size}
      disabled={disabled === true || busy}
      aria-busy={busy}
      {...rest}
    >
      {children}
    </button>
  );
}
