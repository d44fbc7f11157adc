import type { Answer } from '@latchkey/gateway/api';
import { type FormEvent, useState } from 'react';
import { Button } from '../../look/button.js';
import { Dialog } from '../../look/dialog.js';
import { CheckField, TextField } from '../../look/fields.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { NewPassword } from '../account/new-password.js';
import { useAct } from '../api/queries.js';
import { RoleField } from './role-field.js';

type Operator = Answer<'listOperators'>['operators'][number];

interface EditOperatorProps {
  readonly operator: Operator;
  readonly onClose: () => void;
}

/** Changes an operator: name, role, whether they may sign in, a new password; or removes them. */
export function EditOperator({ operator, onClose }: EditOperatorProps) {
  const { username, version } = operator;
  const [name, setName] = useState(operator.name);
  const [role, setRole] = useState(operator.role);
  const [disabled, setDisabled] = useState(operator.disabled);
  const say = useSay();
  const update = useAct('updateOperator', ['listOperators', 'getMe']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate(
      { params: { username }, body: { name, role, disabled }, ifMatch: version },
      {
        onSuccess: () => {
          say('good', `${name} was changed.`);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={operator.name} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <TextField
          label="Name"
          required
          value={name}
          fault={update.error?.faults.get('name')}
          onChange={({ target }) => setName(target.value)}
        />
        <RoleField role={role} onChoose={setRole} />
        <CheckField
          label="Shut out"
          hint="Cannot sign in, and is signed out at once."
          checked={disabled}
          onChange={({ target }) => setDisabled(target.checked)}
        />
        {update.error && update.error.faults.size === 0 ? (
          <ProblemNotice problem={update.error} />
        ) : null}
        <div className="row">
          <Button type="submit" kind="primary" busy={update.isPending}>
            Save
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
      <NewPasswordFor username={username} />
      <Remove username={username} onClose={onClose} />
    </Dialog>
  );
}

function NewPasswordFor({ username }: { readonly username: string }) {
  const [password, setPassword] = useState('');
  const say = useSay();
  const reset = useAct('resetOperatorPassword', ['listOperators']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reset.mutate(
      { params: { username }, body: { password } },
      {
        onSuccess: () => {
          setPassword('');
          say('good', 'The new password is set; they are signed out everywhere.');
        },
      },
    );
  };
  return (
    <form className="stack" onSubmit={submit}>
      <NewPassword
        label="A new password for them"
        value={password}
        fault={reset.error?.faults.get('password')}
        onChange={setPassword}
      />
      {reset.error && reset.error.faults.size === 0 ? (
        <ProblemNotice problem={reset.error} />
      ) : null}
      <div>
        <Button type="submit" busy={reset.isPending}>
          Set the password
        </Button>
      </div>
    </form>
  );
}

function Remove({
  username,
  onClose,
}: {
  readonly username: string;
  readonly onClose: () => void;
}) {
  const say = useSay();
  const [typed, setTyped] = useState('');
  const remove = useAct('removeOperator', ['listOperators']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.mutate(
      { params: { username } },
      {
        onSuccess: () => {
          say('good', `${username} was removed.`);
          onClose();
        },
      },
    );
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextField
        label={`To remove the operator, type “${username}”`}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      {remove.error ? <ProblemNotice problem={remove.error} /> : null}
      <div>
        <Button type="submit" kind="danger" disabled={typed !== username} busy={remove.isPending}>
          Remove
        </Button>
      </div>
    </form>
  );
}
