import { type FormEvent, useState } from 'react';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { ProblemNotice } from '../../look/problem.js';
import { Badge } from '../../look/words.js';
import { useAct } from '../api/queries.js';
import { useMe } from '../shell/me.js';

/** Turns the second factor (TOTP, RFC 6238) on and off. */
export function SecondFactor() {
  const { operator } = useMe();
  return (
    <section className="card stack" aria-labelledby="second-factor">
      <div className="row between">
        <h2 id="second-factor">Second factor</h2>
        <Badge tone={operator.totp ? 'good' : 'warn'}>{operator.totp ? 'On' : 'Off'}</Badge>
      </div>
      <p className="quiet">
        A code from an authenticator app on your phone, asked for beside the password.
      </p>
      {operator.totp ? <TurnOff /> : <TurnOn />}
    </section>
  );
}

function TurnOn() {
  const begin = useAct('beginTotp');
  const confirm = useAct('confirmTotp', ['getMe']);
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ body: { code } });
  };
  if (!begin.data) {
    return (
      <>
        {begin.error ? <ProblemNotice problem={begin.error} /> : null}
        <Button busy={begin.isPending} onClick={() => begin.mutate({})}>
          Turn it on
        </Button>
      </>
    );
  }
  return (
    <form className="stack" onSubmit={submit}>
      <p>
        Add this key to your authenticator app (<a href={begin.data.uri}>open it in the app</a> on a
        phone), then type the code that it shows.
      </p>
      <code className="secret">{begin.data.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
      <TextField
        label="The code that it shows now"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        value={code}
        onChange={({ target }) => setCode(target.value)}
      />
      {confirm.error ? <ProblemNotice problem={confirm.error} /> : null}
      <Button type="submit" kind="primary" busy={confirm.isPending}>
        Confirm
      </Button>
    </form>
  );
}

function TurnOff() {
  const remove = useAct('removeTotp', ['getMe']);
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.mutate({ body: { password } });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextField
        label="Your password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      {remove.error ? <ProblemNotice problem={remove.error} /> : null}
      <Button type="submit" kind="danger" busy={remove.isPending}>
        Turn it off
      </Button>
    </form>
  );
}
