import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../look/button.js';
import { Form } from '../../look/form.js';
import { faultsBeside, withTyped } from '../api/field-faults.pure.js';
import { useAct } from '../api/queries.js';
import { Entrance } from './entrance.js';
import { faultsTyped } from './operator-faults.pure.js';
import { emptyOperator, OperatorFields, operatorFields } from './operator-fields.js';

/** What the one-time link of the first start leads to: it makes the first administrator. */
export function FirstAdministrator({ token }: { readonly token: string }) {
  const [draft, setDraft] = useState(emptyOperator);
  const [, goTo] = useLocation();
  const create = useAct('createFirstAdministrator', ['getMe']);
  const [tries, setTries] = useState(0);
  const typed = faultsTyped(draft, true);
  const refused = faultsBeside(create.error, operatorFields);
  const faults = tries > 0 ? withTyped(refused, typed) : refused;
  const submit = () => {
    setTries(tries + 1);
    if (typed.size > 0) return;
    create.mutate({ body: { token, ...draft } }, { onSuccess: () => goTo('/', { replace: true }) });
  };
  return (
    <Entrance title="Welcome. Who runs this campus?">
      <p className="quiet">
        This makes the first administrator, who can then add everybody else. The link is good once.
      </p>
      <Form
        faults={faults}
        found={tries}
        onSubmit={submit}
        acts={
          <Button type="submit" kind="primary" busy={create.isPending}>
            Make the first administrator
          </Button>
        }
      >
        <OperatorFields
          isOwn
          draft={draft}
          faults={faults}
          onChange={(change) => setDraft((typed) => ({ ...typed, ...change }))}
        />
      </Form>
    </Entrance>
  );
}
