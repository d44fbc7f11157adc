import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { ProblemNotice } from '../../look/problem.js';
import { useAct } from '../api/queries.js';
import { Entrance } from './entrance.js';
import { NewPassword } from './new-password.js';

/** What the one-time link of the first start leads to: it makes the first administrator. */
export function FirstAdministrator({ token }: { readonly token: string }) {
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [, goTo] = useLocation();
  const create = useAct('createFirstAdministrator', ['getMe']);
  const faults = create.error?.faults;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { token, name, username, password };
    create.mutate({ body }, { onSuccess: () => goTo('/', { replace: true }) });
  };
  return (
    <Entrance title="Welcome. Who runs this campus?">
      <p className="quiet">
        This makes the first administrator, who can then add everybody else. The link is good once.
      </p>
      <form className="stack" onSubmit={submit}>
        <TextField
          label="Your name"
          autoComplete="name"
          required
          value={name}
          fault={faults?.get('name')}
          onChange={({ target }) => setName(target.value)}
        />
        <TextField
          label="Username"
          hint="What you sign in with: lower-case letters, digits, . _ -"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={username}
          fault={faults?.get('username')}
          onChange={({ target }) => setUsername(target.value)}
        />
        <NewPassword value={password} fault={faults?.get('password')} onChange={setPassword} />
        {create.error && faults?.size === 0 ? <ProblemNotice problem={create.error} /> : null}
        <Button type="submit" kind="primary" busy={create.isPending}>
          Make the first administrator
        </Button>
      </form>
    </Entrance>
  );
}
