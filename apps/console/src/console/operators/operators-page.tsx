import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Button } from '../../look/button.js';
import { ProblemNotice } from '../../look/problem.js';
import { Scroller } from '../../look/scroller.js';
import { Badge, Loading, Moment } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { roleWords } from '../words/role-words.pure.js';
import { EditOperator } from './edit-operator.js';
import { NewOperator } from './new-operator.js';

/** Who works with the console, and as what. */
export default function OperatorsPage() {
  const may = useMay();
  const { data, error, refetch } = useRead('listOperators', {});
  const [isAdding, setAdding] = useState(false);
  const [edited, setEdited] = useState<string>();
  const changed = data?.operators.find(({ username }) => username === edited);
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
          <table className="table cards">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Role</th>
                <th scope="col">Second factor</th>
                <th scope="col">Passkeys</th>
                <th scope="col">Last signed in</th>
                {may('updateOperator') ? (
                  <th scope="col">
                    <span className="hidden-visually">Change</span>
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {data.operators.map((operator) => (
                <Row
                  key={operator.username}
                  operator={operator}
                  onEdit={may('updateOperator') ? () => setEdited(operator.username) : undefined}
                />
              ))}
            </tbody>
          </table>
        </Scroller>
      ) : null}
      {isAdding ? <NewOperator onClose={() => setAdding(false)} /> : null}
      {changed ? <EditOperator operator={changed} onClose={() => setEdited(undefined)} /> : null}
    </div>
  );
}

interface RowProps {
  readonly operator: Answer<'listOperators'>['operators'][number];
  /** undefined: one may not. */
  readonly onEdit: (() => void) | undefined;
}

function Row({ operator, onEdit }: RowProps) {
  return (
    <tr>
      <th scope="row">
        {operator.name} {operator.disabled ? <Badge tone="warn">Shut out</Badge> : null}{' '}
        {operator.singleSignOn?.bound === false ? <Badge>Invited</Badge> : null}
        <span className="quiet">{operator.username}</span>
      </th>
      <td data-label="Role">{roleWords[operator.role]}</td>
      <td data-label="Second factor">
        {operator.password ? (
          <Badge tone={operator.totp ? 'good' : undefined}>{operator.totp ? 'On' : 'Off'}</Badge>
        ) : (
          'By single sign-on'
        )}
      </td>
      <td data-label="Passkeys">{operator.passkeys || 'None'}</td>
      <td data-label="Last signed in">
        {operator.lastSignInAt ? <Moment at={operator.lastSignInAt} /> : 'Never'}
      </td>
      {onEdit ? (
        <td className="act">
          <Button size="small" onClick={onEdit}>
            Change<span className="hidden-visually"> {operator.name}</span>
          </Button>
        </td>
      ) : null}
    </tr>
  );
}
