import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Button } from '../../look/button.js';
import { Dialog } from '../../look/dialog.js';
import { CheckField, TextField } from '../../look/fields.js';
import { Form } from '../../look/form.js';
import { useSay } from '../../look/toasts.js';
import { NewPassword } from '../account/new-password.js';
import { call } from '../api/client.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { ApiProblem } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import type { EditedField } from '../editing/differences.pure.js';
import { Overtaken, saveWords } from '../editing/overtaken.js';
import { LeaveUnsaved, UnsavedGuard } from '../editing/unsaved.js';
import { useEditing } from '../editing/use-editing.js';
import { RoleField } from './role-field.js';
import { SingleSignOnFor } from './single-sign-on-for.js';

type Operator = Answer<'listOperators'>['operators'][number];

/** What is typed of an operator who is there already. */
type Draft = Pick<Operator, 'name' | 'role' | 'disabled'>;

const draftOf = ({ name, role, disabled }: Operator): Draft => ({ name, role, disabled });

const fields: readonly EditedField<Draft>[] = [
  { field: 'name', name: 'Name', word: ({ name }) => name.trim() },
  { field: 'role', name: 'Role', word: ({ role }) => role },
  { field: 'disabled', name: 'Shut out', word: ({ disabled }) => (disabled ? 'Yes' : 'No') },
];

interface EditOperatorProps {
  readonly operator: Operator;
  readonly onClose: () => void;
}

/** Changes an operator: name, role, whether they may sign in, a new password; or removes them. */
export function EditOperator({ operator, onClose }: EditOperatorProps) {
  const { username } = operator;
  const [isLeaving, setLeaving] = useState(false);
  const say = useSay();
  const editing = useEditing({
    newest: operator,
    fields,
    draftOf,
    readAgain: () => readOperator(username),
    send: (body, ifMatch) => call('updateOperator', { params: { username }, body, ifMatch }),
    stale: ['listOperators', 'getMe'],
    onSaved: ({ name }) => {
      say('good', `${name} was changed.`);
      onClose();
    },
  });
  const { draft, change, isDirty, differences } = editing;
  const faults = faultsBeside(editing.problem, ['name']);
  return (
    <Dialog title={operator.name} onClose={() => (isDirty ? setLeaving(true) : onClose())}>
      <Form
        faults={faults}
        onSubmit={editing.save}
        acts={
          <>
            <Button type="submit" kind="primary" busy={editing.isSaving}>
              {saveWords(differences)}
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </>
        }
      >
        {editing.isOvertaken ? (
          <Overtaken what="operator" differences={differences} onTake={editing.takeTheirs} />
        ) : null}
        <TextField
          label="Name"
          required
          value={draft.name}
          fault={faults.of('name')}
          onChange={({ target }) => change({ name: target.value })}
        />
        <RoleField role={draft.role} onChoose={(role) => change({ role })} />
        <CheckField
          label="Shut out"
          hint="Cannot sign in, and is signed out at once."
          checked={draft.disabled}
          onChange={({ target }) => change({ disabled: target.checked })}
        />
      </Form>
      <NewPasswordFor operator={operator} />
      <SingleSignOnFor operator={operator} />
      {operator.passkeys > 0 ? <NoPasskeysFor operator={operator} onClose={onClose} /> : null}
      <Remove username={username} onClose={onClose} />
      {isLeaving ? <LeaveUnsaved onLeave={onClose} onStay={() => setLeaving(false)} /> : null}
      <UnsavedGuard isUnsaved={isDirty} />
    </Dialog>
  );
}

async function readOperator(username: string): Promise<Operator> {
  const { operators } = await call('listOperators', {});
  const found = operators.find((operator) => operator.username === username);
  if (found) return found;
  throw new ApiProblem({
    detail: 'Someone else has removed this operator.',
    action: 'Close this; there is nothing to save any more.',
    code: 'LK-OPR-003',
    status: 404,
  });
}

function NewPasswordFor({ operator: { username, totp } }: { readonly operator: Operator }) {
  const [password, setPassword] = useState('');
  const [removeTotp, setRemoveTotp] = useState(false);
  const say = useSay();
  const reset = useAct('resetOperatorPassword', ['listOperators']);
  const faults = faultsBeside(reset.error, ['password']);
  const submit = () =>
    reset.mutate(
      { params: { username }, body: { password, removeTotp } },
      {
        onSuccess: () => {
          setPassword('');
          setRemoveTotp(false);
          say('good', 'The new password is set; they are signed out everywhere.');
        },
      },
    );
  return (
    <Form
      faults={faults}
      onSubmit={submit}
      acts={
        <Button type="submit" busy={reset.isPending}>
          Set the password
        </Button>
      }
    >
      <NewPassword
        label="A new password for them"
        value={password}
        fault={faults.of('password')}
        onChange={setPassword}
      />
      {totp ? (
        <CheckField
          label="Take their second factor away, too"
          hint="For who has lost it: they sign in by the new password alone, and can turn it on again."
          checked={removeTotp}
          onChange={({ target }) => setRemoveTotp(target.checked)}
        />
      ) : null}
    </Form>
  );
}

function NoPasskeysFor({ operator, onClose }: EditOperatorProps) {
  const { username, name, passkeys } = operator;
  const say = useSay();
  const remove = useAct('removeOperatorPasskeys', ['listOperators']);
  const submit = () =>
    remove.mutate(
      { params: { username } },
      {
        onSuccess: () => {
          say('good', `${name} has no passkey any more, and is signed out everywhere.`);
          onClose();
        },
      },
    );
  return (
    <Form
      faults={faultsBeside(remove.error)}
      onSubmit={submit}
      acts={
        <Button type="submit" kind="danger" busy={remove.isPending}>
          Take the passkeys away
        </Button>
      }
    >
      <p>
        {passkeys === 1 ? 'One passkey signs' : `${passkeys} passkeys sign`} them in. After a device
        was lost, take them away; the password stays.
      </p>
    </Form>
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
  const submit = () =>
    remove.mutate(
      { params: { username } },
      {
        onSuccess: () => {
          say('good', `${username} was removed.`);
          onClose();
        },
      },
    );
  return (
    <Form
      faults={faultsBeside(remove.error)}
      onSubmit={submit}
      acts={
        <Button type="submit" kind="danger" disabled={typed !== username} busy={remove.isPending}>
          Remove
        </Button>
      }
    >
      <TextField
        label={`To remove the operator, type “${username}”`}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
    </Form>
  );
}
