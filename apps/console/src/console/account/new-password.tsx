import { TextField } from '../../look/fields.js';

/** The least that the server takes. */
export const PASSWORD_MIN = 12;

interface NewPasswordProps {
  readonly label?: string;
  readonly value: string;
  readonly fault?: string | undefined;
  readonly onChange: (password: string) => void;
}

/** A password that is being chosen. */
export function NewPassword({ label = 'Password', value, fault, onChange }: NewPasswordProps) {
  return (
    <TextField
      label={label}
      hint={`At least ${PASSWORD_MIN} characters. A few words that do not belong together are good.`}
      type="password"
      autoComplete="new-password"
      required
      value={value}
      fault={fault}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
