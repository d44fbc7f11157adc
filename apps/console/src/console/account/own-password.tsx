import { TextField } from '../../look/fields.js';

interface OwnPasswordProps {
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (password: string) => void;
}

/** The password that one has, to show that it is oneself who changes something of the account. */
export function OwnPassword({ value, fault, onChange }: OwnPasswordProps) {
  return (
    <TextField
      label="Your password"
      type="password"
      autoComplete="current-password"
      required
      value={value}
      fault={fault}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
