import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Button } from '../../look/button.js';
import { TextField } from '../../look/fields.js';
import { Form } from '../../look/form.js';
import { useSay } from '../../look/toasts.js';
import { invitationLabel } from '../account/single-sign-on.pure.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { useAct, useRead } from '../api/queries.js';

type Operator = Answer<'listOperators'>['operators'][number];

/** Invites an operator to sign in by the campus's own sign-in, or takes that away. */
export function SingleSignOnFor({ operator }: { readonly operator: Operator }) {
  const { username, singleSignOn, password } = operator;
  const [as, setAs] = useState('');
  const say = useSay();
  const { data } = useRead('getSignInWays', {});
  const invite = useAct('setOperatorSingleSignOn', ['listOperators']);
  const remove = useAct('removeOperatorSingleSignOn', ['listOperators']);
  const way = data?.singleSignOn;
  if (!way) return null;
  const faults = faultsBeside(invite.error ?? remove.error, ['as']);
  const submit = () =>
    invite.mutate(
      { params: { username }, body: { as } },
      {
        onSuccess: () => {
          setAs('');
          say('good', `They sign in with ${way.name} from now on.`);
        },
      },
    );
  return (
    <Form
      faults={faults}
      onSubmit={submit}
      acts={
        <>
          <Button type="submit" busy={invite.isPending}>
            {singleSignOn ? 'Invite anew' : 'Invite'}
          </Button>
          {singleSignOn && password ? (
            <Button busy={remove.isPending} onClick={() => remove.mutate({ params: { username } })}>
              No {way.name} any more
            </Button>
          ) : null}
        </>
      }
    >
      <TextField
        label={invitationLabel(way.claim, way.name)}
        hint={stateOf(singleSignOn)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={as}
        fault={faults.of('as')}
        onChange={({ target }) => setAs(target.value)}
      />
    </Form>
  );
}

function stateOf(way: Operator['singleSignOn']): string {
  if (!way) return 'They cannot sign in there yet. The first account with it becomes theirs.';
  if (!way.bound) return `Invited as ${way.as}; nobody came yet.`;
  return `An account is bound to them since they came as ${way.as}. Inviting anew undoes that.`;
}
