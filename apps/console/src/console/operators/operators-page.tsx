import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Button } from '../../look/button.js';
import { ProblemNotice } from '../../look/problem.js';
import { Scroller } from '../../look/scroller.js';
import { Badge, Loading, Moment } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { EditOperator } from './edit-operator.js';
import { NewOperator } from './new-operator.js';

type Operator = Answer<'listOperators'>['operators'][number];

/** Who works with the console, and as what. */
export default function OperatorsPage() {
  const may = useMay();
  const { data, error, refetch } = useRead('listOperators', {});
  const [isAdding, setAdding] = useState(false);
  const [edited, setEdited] = useState<Operator>();
  return (
    <div className="stack">
      <div className="row between">
        <h1>Operators</h1>
        {may('createOperator') ? (
          <Button kind="primary" onClick={() => setAdding(true)}>
            Add an operator
          </Button>
        ) : null}
      </div>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data ? (
        <Scroller label="Operators">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Username</th>
                <th scope="col">Role</th>
                <th scope="col">Second factor</th>
                <th scope="col">Last signed in</th>
                {may('updateOperator') ? <th scope="col">Change</th> : null}
              </tr>
            </thead>
            <tbody>
              {data.operators.map((operator) => (
                <tr key={operator.username}>
                  <th scope="row">
                    {operator.name} {operator.disabled ? <Badge tone="warn">Shut out</Badge> : null}
                  </th>
                  <td>{operator.username}</td>
                  <td>{operator.role}</td>
                  <td>
                    <Badge tone={operator.totp ? 'good' : undefined}>
                      {operator.totp ? 'On' : 'Off'}
                    </Badge>
                  </td>
                  <td>{operator.lastSignInAt ? <Moment at={operator.lastSignInAt} /> : 'Never'}</td>
                  {may('updateOperator') ? (
                    <td>
                      <Button size="small" onClick={() => setEdited(operator)}>
                        Change<span className="hidden-visually"> {operator.name}</span>
                      </Button>
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      ) : null}
      {isAdding ? <NewOperator onClose={() => setAdding(false)} /> : null}
      {edited ? <EditOperator operator={edited} onClose={() => setEdited(undefined)} /> : null}
    </div>
  );
}
