import { useState } from 'react';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { PASSWORD_MIN } from './operator-faults.pure.js';

interface NewPasswordProps {
  readonly label?: string;
  readonly value: string;
  readonly fault?: string | undefined;
  readonly onChange: (password: string) => void;
}

/** A password that is being chosen, and can be looked at before it is sent. */
export function NewPassword({ label = 'Password', value, fault, onChange }: NewPasswordProps) {
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      label={label}
      hint={`At least ${PASSWORD_MIN} characters. A few words that do not belong together are good.`}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      autoComplete="new-password"
      required
      value={value}
      fault={fault}
      beside={
        <Button onClick={() => setShown(!isShown)}>
          {isShown ? 'Hide' : 'Show'}
          <span className="hidden-visually"> the password</span>
        </Button>
      }
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
