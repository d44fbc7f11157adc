import type { OperatorRole } from '@latchkey/contracts';
import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Button } from '../../look/button.js';
import { Dialog } from '../../look/dialog.js';
import { SelectField, TextField } from '../../look/fields.js';
import { Form } from '../../look/form.js';
import { useSay } from '../../look/toasts.js';
import { faultsTyped } from '../account/operator-faults.pure.js';
import { emptyOperator, OperatorFields, operatorFields } from '../account/operator-fields.js';
import { invitationLabel } from '../account/single-sign-on.pure.js';
import { faultsBeside, withTyped } from '../api/field-faults.pure.js';
import { useAct, useRead } from '../api/queries.js';
import { RoleField } from './role-field.js';

/** Adds an operator: with a first password that is told to them in person, or invited to the campus's own sign-in. */
export function NewOperator({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState(emptyOperator);
  const [role, setRole] = useState<OperatorRole>('guard');
  const [isInvited, setInvited] = useState(false);
  const [singleSignOn, setSingleSignOn] = useState('');
  const { data } = useRead('getSignInWays', {});
  const way = data?.singleSignOn;
  const say = useSay();
  const create = useAct('createOperator', ['listOperators']);
  const [tries, setTries] = useState(0);
  const typed = faultsTyped(isInvited ? { ...draft, password: undefined } : draft, false);
  const refused = faultsBeside(create.error, [...operatorFields, 'singleSignOn']);
  const faults = tries > 0 ? withTyped(refused, typed) : refused;
  const { password, ...facts } = draft;
  const body = isInvited ? { ...facts, role, singleSignOn } : { ...facts, role, password };
  const submit = () => {
    setTries(tries + 1);
    if (typed.size > 0) return;
    create.mutate(
      { body },
      {
        onSuccess: () => {
          say('good', `${draft.name} can sign in now.`);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title="A new operator" onClose={onClose}>
      <Form
        faults={faults}
        found={tries}
        onSubmit={submit}
        acts={
          <>
            <Button type="submit" kind="primary" busy={create.isPending}>
              Add
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </>
        }
      >
        <OperatorFields
          draft={draft}
          faults={faults}
          withPassword={!isInvited}
          onChange={(change) => setDraft((typed) => ({ ...typed, ...change }))}
        />
        {way ? (
          <SignsInBy
            way={way}
            isInvited={isInvited}
            account={singleSignOn}
            fault={faults.of('singleSignOn')}
            onInvite={setInvited}
            onChange={setSingleSignOn}
          />
        ) : null}
        <RoleField role={role} onChoose={setRole} />
      </Form>
    </Dialog>
  );
}

interface SignsInByProps {
  readonly way: NonNullable<Answer<'getSignInWays'>['singleSignOn']>;
  readonly isInvited: boolean;
  readonly account: string;
  readonly fault: string | undefined;
  readonly onInvite: (isInvited: boolean) => void;
  readonly onChange: (account: string) => void;
}

/** By a password, or by an account of the campus’s own sign-in, and which. */
function SignsInBy({ way, isInvited, account, fault, onInvite, onChange }: SignsInByProps) {
  return (
    <>
      <SelectField
        label="Signs in with"
        value={isInvited ? 'invited' : 'password'}
        onChange={({ target }) => onInvite(target.value === 'invited')}
      >
        <option value="password">A password</option>
        <option value="invited">{way.name}</option>
      </SelectField>
      {isInvited ? (
        <TextField
          label={invitationLabel(way.claim, way.name)}
          hint="The first account with it becomes theirs, for good."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={account}
          fault={fault}
          onChange={({ target }) => onChange(target.value)}
        />
      ) : null}
    </>
  );
}
