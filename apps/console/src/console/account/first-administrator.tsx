import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../look/button.js';
import { Form } from '../../look/form.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { useAct } from '../api/queries.js';
import { Entrance } from './entrance.js';
import { emptyOperator, OperatorFields, operatorFields } from './operator-fields.js';

/** What the one-time link of the first start leads to: it makes the first administrator. */
export function FirstAdministrator({ token }: { readonly token: string }) {
  const [draft, setDraft] = useState(emptyOperator);
  const [, goTo] = useLocation();
  const create = useAct('createFirstAdministrator', ['getMe']);
  const faults = faultsBeside(create.error, operatorFields);
  const submit = () =>
    create.mutate({ body: { token, ...draft } }, { onSuccess: () => goTo('/', { replace: true }) });
  return (
    <Entrance title="Welcome. Who runs this campus?">
      <p className="quiet">
        This makes the first administrator, who can then add everybody else. The link is good once.
      </p>
      <Form
        faults={faults}
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
