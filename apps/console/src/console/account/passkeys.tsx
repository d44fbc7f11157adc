import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Button } from '../../look/button.js';
import { Dialog } from '../../look/dialog.js';
import { TextField } from '../../look/fields.js';
import { Form } from '../../look/form.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { Badge, Loading, Moment, Notice } from '../../look/words.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { useAct, useRead } from '../api/queries.js';
import { OwnPassword } from './own-password.js';
import { canAskForPasskeys, useAddPasskey } from './passkey-ceremony.js';

type Passkey = Answer<'listPasskeys'>['passkeys'][number];

/** One's passkeys: what there is, one more, one less. */
export function Passkeys() {
  const { data, error, refetch } = useRead('listPasskeys', {});
  const [leaving, setLeaving] = useState<Passkey>();
  return (
    <section className="card stack" aria-labelledby="passkeys">
      <div className="row between">
        <h2 id="passkeys">Passkeys</h2>
        {data ? <Badge>{data.passkeys.length}</Badge> : null}
      </div>
      <p className="quiet">
        Sign in by your finger, your face or your device’s PIN, without password and code. It works
        on this site alone, so nobody can trick you out of it.
      </p>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data && data.passkeys.length > 0 ? (
        <ul className="plain stack" aria-label="Your passkeys">
          {data.passkeys.map((passkey) => (
            <Row key={passkey.id} passkey={passkey} onRemove={() => setLeaving(passkey)} />
          ))}
        </ul>
      ) : null}
      {data ? <Add origin={data.origin} /> : null}
      {leaving ? <Remove passkey={leaving} onClose={() => setLeaving(undefined)} /> : null}
    </section>
  );
}

interface RowProps {
  readonly passkey: Passkey;
  readonly onRemove: () => void;
}

function Row({ passkey: { name, createdAt, lastUsedAt, suspect }, onRemove }: RowProps) {
  return (
    <li className="row between">
      <div>
        <strong>{name}</strong> {suspect ? <Badge tone="bad">Shut: maybe copied</Badge> : null}
        <div className="quiet">
          Added <Moment at={createdAt} />
          {', '}
          {lastUsedAt ? (
            <>
              last used <Moment at={lastUsedAt} />
            </>
          ) : (
            'never used'
          )}
        </div>
      </div>
      <Button size="small" onClick={onRemove}>
        Remove<span className="hidden-visually"> {name}</span>
      </Button>
    </li>
  );
}

function Add({ origin }: { readonly origin: string | null }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const say = useSay();
  const add = useAddPasskey();
  const faults = faultsBeside(add.error, ['name', 'password']);
  if (origin === null || origin !== location.origin) return <Elsewhere origin={origin} />;
  if (!canAskForPasskeys()) return <Notice title="This browser knows no passkeys." />;
  const submit = () =>
    add.mutate(
      { name, password },
      {
        onSuccess: () => {
          setName('');
          setPassword('');
          say('good', `${name} was added. From now on you can sign in with it.`);
        },
      },
    );
  return (
    <Form
      faults={faults}
      onSubmit={submit}
      acts={
        <Button type="submit" busy={add.isPending}>
          Add a passkey
        </Button>
      }
    >
      <TextField
        label="A name for a new one"
        hint="By which you know the device later, such as: my phone."
        required
        value={name}
        fault={faults.of('name')}
        onChange={({ target }) => setName(target.value)}
      />
      <OwnPassword value={password} fault={faults.of('password')} onChange={setPassword} />
    </Form>
  );
}

/** Passkeys belong to one address, and this is another. */
function Elsewhere({ origin }: { readonly origin: string | null }) {
  if (origin === null) {
    return (
      <Notice title="Passkeys do not work at this site yet.">
        They need an address with a name, by https. Whoever runs Latchkey sets it as LK_PUBLIC_URL.
      </Notice>
    );
  }
  return (
    <Notice title="Passkeys do not work at this address.">
      To add one, open the console at <a href={`${origin}/#/account`}>{origin}</a>.
    </Notice>
  );
}

interface RemoveProps {
  readonly passkey: Passkey;
  readonly onClose: () => void;
}

function Remove({ passkey: { id, name }, onClose }: RemoveProps) {
  const [password, setPassword] = useState('');
  const say = useSay();
  const remove = useAct('removePasskey', ['listPasskeys']);
  const faults = faultsBeside(remove.error, ['password']);
  const submit = () =>
    remove.mutate(
      { params: { passkey: id }, body: { password } },
      {
        onSuccess: () => {
          say('good', `${name} was removed. You are signed out everywhere else.`);
          onClose();
        },
      },
    );
  return (
    <Dialog title={`Remove ${name}?`} onClose={onClose}>
      <Form
        faults={faults}
        onSubmit={submit}
        acts={
          <>
            <Button type="submit" kind="danger" busy={remove.isPending}>
              Remove
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </>
        }
      >
        <p>Nobody signs in with it any more, and wherever else you are signed in, that ends.</p>
        <OwnPassword value={password} fault={faults.of('password')} onChange={setPassword} />
      </Form>
    </Dialog>
  );
}
