import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { Confirm } from '../../look/confirm.js';
import { useSay } from '../../look/toasts.js';
import type { ApiProblem } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { DeletePerson } from './delete-person.js';
import type { Person } from './person-draft.pure.js';

interface PersonActsProps {
  readonly person: Person;
  readonly onEdit: () => void;
  readonly onDeleted: (receipt: Answer<'deletePerson'>) => void;
}

/** What can be done with a person, as far as one may. */
export function PersonActs({ person, onEdit, onDeleted }: PersonActsProps) {
  const may = useMay();
  const [asks, setAsks] = useState<'suspend' | 'delete'>();
  const { state } = person;
  return (
    <div className="row">
      {may('updatePerson') && state !== 'draft' ? <Button onClick={onEdit}>Edit</Button> : null}
      {may('reissueCode') && state === 'enrolled' ? <Reissue person={person} /> : null}
      {may('suspendPerson') && state === 'enrolled' ? (
        <Button onClick={() => setAsks('suspend')}>Suspend…</Button>
      ) : null}
      {may('resumePerson') && state === 'suspended' ? <Resume person={person} /> : null}
      {may('addSample') && state === 'draft' ? (
        <Link href={`/enrol/${person.id}`} className="button" data-kind="primary">
          Go on with the registration
        </Link>
      ) : null}
      {may('deletePerson') && state !== 'draft' ? (
        <Button kind="quiet" onClick={() => setAsks('delete')}>
          Delete…
        </Button>
      ) : null}
      {asks === 'suspend' ? <Suspend person={person} onClose={() => setAsks(undefined)} /> : null}
      {asks === 'delete' ? (
        <DeletePerson person={person} onDeleted={onDeleted} onClose={() => setAsks(undefined)} />
      ) : null}
    </div>
  );
}

const stale = ['getPerson', 'listPeople'] as const;

/** Says what came of it. */
function useOutcome() {
  const say = useSay();
  return (done: string) => ({
    onSuccess: () => say('good', done),
    onError: ({ message, action }: ApiProblem) => say('bad', `${message} ${action}`),
  });
}

function Reissue({ person: { id, email } }: { readonly person: Person }) {
  const act = useAct('reissueCode', stale);
  const told = useOutcome();
  return (
    <Button
      busy={act.isPending}
      onClick={() =>
        act.mutate({ params: { id } }, told(`A new code goes to ${email}; the last one is void.`))
      }
    >
      Mail a new code
    </Button>
  );
}

function Resume({ person: { id, name } }: { readonly person: Person }) {
  const act = useAct('resumePerson', stale);
  const told = useOutcome();
  return (
    <Button
      kind="primary"
      busy={act.isPending}
      onClick={() => act.mutate({ params: { id } }, told(`${name} may enter again.`))}
    >
      Resume
    </Button>
  );
}

interface SuspendProps {
  readonly person: Person;
  readonly onClose: () => void;
}

function Suspend({ person: { id, name }, onClose }: SuspendProps) {
  const act = useAct('suspendPerson', stale);
  const told = useOutcome();
  const suspend = () =>
    act.mutate(
      { params: { id } },
      { ...told(`No door opens for ${name} now.`), onSettled: onClose },
    );
  return (
    <Confirm
      title={`Suspend ${name}?`}
      act="Suspend"
      danger={false}
      busy={act.isPending}
      onConfirm={suspend}
      onClose={onClose}
    >
      <p>No door opens for them until they are resumed. Nothing is deleted.</p>
    </Confirm>
  );
}
