import type { OperatorRole } from '@latchkey/contracts';
import { type FormEvent, useState } from 'react';
import { Button } from '../../look/button.js';
import { Dialog } from '../../look/dialog.js';
import { TextField } from '../../look/fields.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { NewPassword } from '../account/new-password.js';
import { useAct } from '../api/queries.js';
import { RoleField } from './role-field.js';

/** Adds an operator, with a first password that is told to them in person. */
export function NewOperator({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [role, setRole] = useState<OperatorRole>('guard');
  const [password, setPassword] = useState('');
  const say = useSay();
  const create = useAct('createOperator', ['listOperators']);
  const faults = create.error?.faults;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { body: { name, username, role, password } },
      {
        onSuccess: () => {
          say('good', `${name} can sign in now.`);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title="A new operator" onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <TextField
          label="Name"
          required
          value={name}
          fault={faults?.get('name')}
          onChange={({ target }) => setName(target.value)}
        />
        <TextField
          label="Username"
          hint="Lower-case letters, digits, . _ -"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={username}
          fault={faults?.get('username')}
          onChange={({ target }) => setUsername(target.value)}
        />
        <RoleField role={role} onChoose={setRole} />
        <NewPassword
          label="First password"
          value={password}
          fault={faults?.get('password')}
          onChange={setPassword}
        />
        {create.error && faults?.size === 0 ? <ProblemNotice problem={create.error} /> : null}
        <div className="row">
          <Button type="submit" kind="primary" busy={create.isPending}>
            Add
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
