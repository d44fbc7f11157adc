import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { ProblemNotice } from '../../look/problem.js';
import { useAct } from '../api/queries.js';
import { Entrance } from './entrance.js';

/** The server asks for the second factor with this code. */
const NEEDS_CODE = 'LK-AUTH-011';

/** Name and password, and the second factor's code where the operator has one. */
export function SignIn() {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const signIn = useAct('signIn', ['getMe']);
  const [asksCode, setAsksCode] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // What is asked for next is where one goes on typing.
    if (asksCode) form.current?.querySelector<HTMLElement>('[inputmode="numeric"]')?.focus();
  }, [asksCode]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(
      { body: { username, password, ...(code ? { code } : {}) } },
      { onError: (problem) => setAsksCode((before) => before || problem.code === NEEDS_CODE) },
    );
  };
  // That a code is needed is no failure, the first time.
  const isQuestion = signIn.error?.code === NEEDS_CODE && signIn.variables?.body.code === undefined;
  return (
    <Entrance title="Sign in">
      <form className="stack" ref={form} onSubmit={submit}>
        <TextField
          label="Username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={username}
          onChange={({ target }) => setUsername(target.value)}
        />
        <TextField
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
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
            onChange={({ target }) => setCode(target.value)}
          />
        ) : null}
        {signIn.error && !isQuestion ? <ProblemNotice problem={signIn.error} /> : null}
        <Button type="submit" kind="primary" busy={signIn.isPending}>
          Sign in
        </Button>
      </form>
    </Entrance>
  );
}
