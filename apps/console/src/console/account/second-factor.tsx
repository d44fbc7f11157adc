import { useState } from 'react';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { Form } from '../../look/form.js';
import { Badge } from '../../look/words.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { useAct } from '../api/queries.js';
import { useMe } from '../shell/me.js';
import { QrCode } from './qr-code.js';
import { OwnPassword } from './own-password.js';

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
  const [password, setPassword] = useState('');
  const faults = faultsBeside(confirm.error, ['code']);
  const wrong = faultsBeside(begin.error, ['password']);
  if (!begin.data) {
    return (
      <Form
        faults={wrong}
        onSubmit={() => begin.mutate({ body: { password } })}
        acts={
          <Button type="submit" busy={begin.isPending}>
            Turn it on
          </Button>
        }
      >
        <OwnPassword value={password} fault={wrong.of('password')} onChange={setPassword} />
      </Form>
    );
  }
  return (
    <Form
      beginsHere
      faults={faults}
      onSubmit={() => confirm.mutate({ body: { code } })}
      acts={
        <Button type="submit" kind="primary" busy={confirm.isPending}>
          Confirm
        </Button>
      }
    >
      <p>Scan this with your authenticator app, then type the code that it shows.</p>
      <QrCode text={begin.data.uri} label="The key, for an authenticator app to scan" />
      <p className="quiet">On the phone itself, or where nothing can be scanned, type this key:</p>
      <code className="secret">{begin.data.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
      <TextField
        label="The code that it shows now"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        value={code}
        fault={faults.of('code')}
        onChange={({ target }) => setCode(target.value)}
      />
    </Form>
  );
}

function TurnOff() {
  const remove = useAct('removeTotp', ['getMe']);
  const [password, setPassword] = useState('');
  const faults = faultsBeside(remove.error, ['password']);
  return (
    <Form
      faults={faults}
      onSubmit={() => remove.mutate({ body: { password } })}
      acts={
        <Button type="submit" kind="danger" busy={remove.isPending}>
          Turn it off
        </Button>
      }
    >
      <OwnPassword value={password} fault={faults.of('password')} onChange={setPassword} />
    </Form>
  );
}
