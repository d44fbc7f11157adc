import { type FormEvent, useState } from 'react';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { useAct } from '../api/queries.js';
import { useMe } from '../shell/me.js';
import { NewPassword } from './new-password.js';
import { SecondFactor } from './second-factor.js';

/** One's own account: password and second factor. */
export default function AccountPage() {
  const { operator, idleMinutes } = useMe();
  return (
    <div className="stack">
      <h1>Your account</h1>
      <dl className="facts card">
        <dt>Name</dt>
        <dd>{operator.name}</dd>
        <dt>Username</dt>
        <dd>{operator.username}</dd>
        <dt>Role</dt>
        <dd>{operator.role}</dd>
        <dt>Signed out</dt>
        <dd>after {idleMinutes} minutes without anything done</dd>
      </dl>
      <div className="grid wide">
        <ChangePassword />
        <SecondFactor />
      </div>
    </div>
  );
}

function ChangePassword() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const say = useSay();
  const change = useAct('changePassword');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { body: { current, next } },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
          say('good', 'The password was changed. You are signed out everywhere else.');
        },
      },
    );
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <h2>Password</h2>
      <TextField
        label="The present one"
        type="password"
        autoComplete="current-password"
        required
        value={current}
        fault={change.error?.faults.get('current')}
        onChange={({ target }) => setCurrent(target.value)}
      />
      <NewPassword
        label="The new one"
        value={next}
        fault={change.error?.faults.get('next')}
        onChange={setNext}
      />
      {change.error && change.error.faults.size === 0 ? (
        <ProblemNotice problem={change.error} />
      ) : null}
      <Button type="submit" busy={change.isPending}>
        Change the password
      </Button>
    </form>
  );
}
