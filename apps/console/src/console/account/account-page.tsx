import { useState } from 'react';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { Form } from '../../look/form.js';
import { useSay } from '../../look/toasts.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { useAct } from '../api/queries.js';
import { useMe } from '../shell/me.js';
import { roleWords } from '../words/role-words.pure.js';
import { NewPassword } from './new-password.js';
import { Passkeys } from './passkeys.js';
import { SecondFactor } from './second-factor.js';

/** One's own account: password, second factor, passkeys. */
export default function AccountPage() {
  const { operator, idleMinutes } = useMe();
  return (
    <div className="stack">
      <h1>Your account</h1>
      <dl className="facts card" data-wide="true">
        <dt>Name</dt>
        <dd>{operator.name}</dd>
        <dt>Username</dt>
        <dd>{operator.username}</dd>
        <dt>Role</dt>
        <dd>{roleWords[operator.role]}</dd>
        <dt>Signed out</dt>
        <dd>after {idleMinutes} minutes without anything done</dd>
      </dl>
      <div className="account-cards">
        {operator.password ? (
          <>
            <ChangePassword />
            <SecondFactor />
            <Passkeys />
          </>
        ) : (
          <NoPassword />
        )}
      </div>
    </div>
  );
}

function NoPassword() {
  return (
    <section className="card stack">
      <h2>Single sign-on</h2>
      <p>
        You sign in where your campus does, so there is no password and no second factor to keep
        here. An administrator can give you a password besides.
      </p>
    </section>
  );
}

function ChangePassword() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const say = useSay();
  const change = useAct('changePassword');
  const faults = faultsBeside(change.error, ['current', 'next']);
  const submit = () =>
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
  return (
    <Form
      className="card stack"
      faults={faults}
      onSubmit={submit}
      acts={
        <Button type="submit" busy={change.isPending}>
          Change the password
        </Button>
      }
    >
      <h2>Password</h2>
      <TextField
        label="The present one"
        type="password"
        autoComplete="current-password"
        required
        value={current}
        fault={faults.of('current')}
        onChange={({ target }) => setCurrent(target.value)}
      />
      <NewPassword label="The new one" value={next} fault={faults.of('next')} onChange={setNext} />
    </Form>
  );
}
