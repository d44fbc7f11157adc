import { TextField } from '../../look/fields.js';
import type { FieldFaults } from '../api/field-faults.pure.js';
import { NewPassword } from './new-password.js';

/** What is typed of an operator who is being added. */
export interface OperatorDraft {
  readonly name: string;
  readonly username: string;
  readonly password: string;
}

export const emptyOperator: OperatorDraft = { name: '', username: '', password: '' };

/** The fields beside which faults of an operator can stand. */
export const operatorFields: readonly string[] = Object.keys(emptyOperator);

interface OperatorFieldsProps {
  readonly draft: OperatorDraft;
  readonly faults: FieldFaults;
  /** Whoever types it is the operator. */
  readonly isOwn?: boolean;
  /** Not where they sign in otherwise. */
  readonly withPassword?: boolean;
  readonly onChange: (change: Partial<OperatorDraft>) => void;
}

/** Name, username and first password of an operator. */
export function OperatorFields({
  draft,
  faults,
  isOwn = false,
  withPassword = true,
  onChange,
}: OperatorFieldsProps) {
  return (
    <>
      <TextField
        label={isOwn ? 'Your name' : 'Name'}
        autoComplete={isOwn ? 'name' : 'off'}
        required
        value={draft.name}
        fault={faults.of('name')}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      <TextField
        label="Username"
        hint={usernameHint(isOwn, withPassword)}
        autoComplete={isOwn ? 'username' : 'off'}
        autoCapitalize="none"
        spellCheck={false}
        required
        value={draft.username}
        fault={faults.of('username')}
        onChange={({ target }) => onChange({ username: target.value })}
      />
      {withPassword ? (
        <NewPassword
          label={isOwn ? 'Password' : 'First password'}
          value={draft.password}
          fault={faults.of('password')}
          onChange={(password) => onChange({ password })}
        />
      ) : null}
    </>
  );
}

function usernameHint(isOwn: boolean, withPassword: boolean): string {
  if (isOwn) return 'What you sign in with: a short word, such as mira.';
  if (withPassword) return 'What they sign in with: a short word, such as mira.';
  return 'What the audit calls them: a short word, such as mira.';
}
