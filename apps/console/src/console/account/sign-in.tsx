import { useEffect, useRef, useState } from 'react';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { Form } from '../../look/form.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { useAct } from '../api/queries.js';
import { Entrance } from './entrance.js';
import { SingleSignOn } from './single-sign-on.js';
import { PasskeySignIn } from './passkey-sign-in.js';

/** The server asks for the second factor with this code. */
const NEEDS_CODE = 'LK-AUTH-011';

/** Name and password, and the second factor's code where the operator has one; or a passkey. */
export function SignIn() {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const signIn = useAct('signIn', ['getMe']);
  const [asksCode, setAsksCode] = useState(false);
  const codeField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // What is asked for next is where one goes on typing.
    if (asksCode) codeField.current?.focus();
  }, [asksCode]);
  const submit = () =>
    signIn.mutate(
      { body: { username, password, ...(code ? { code } : {}) } },
      { onError: (problem) => setAsksCode((before) => before || problem.code === NEEDS_CODE) },
    );
  // That a code is needed is no failure, the first time.
  const isQuestion = signIn.error?.code === NEEDS_CODE && signIn.variables?.body.code === undefined;
  const faults = faultsBeside(isQuestion ? null : signIn.error, ['username', 'password', 'code']);
  return (
    <Entrance title="Sign in">
      <Form
        faults={faults}
        onSubmit={submit}
        acts={
          <Button type="submit" kind="primary" busy={signIn.isPending}>
            Sign in
          </Button>
        }
      >
        <TextField
          label="Username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={username}
          fault={faults.of('username')}
          onChange={({ target }) => setUsername(target.value)}
        />
        <TextField
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          fault={faults.of('password')}
          onChange={({ target }) => setPassword(target.value)}
        />
        {asksCode ? (
          <TextField
            label="Code of your authenticator"
            hint="Six digits; a code is good once."
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            value={code}
            fault={faults.of('code')}
            ref={codeField}
            onChange={({ target }) => setCode(target.value)}
          />
        ) : null}
      </Form>
      <SingleSignOn />
      <PasskeySignIn />
    </Entrance>
  );
}
