import type { Answer } from '@latchkey/gateway/api';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { Confirm } from '../../look/confirm.js';
import { useSay } from '../../look/toasts.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import type { ApiProblem } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import { useMay } from '../shell/me.js';
import { DeletePerson } from './delete-person.js';
import type { Person } from './person-draft.pure.js';
import { saveJson } from './save-file.js';

interface PersonActsProps {
  readonly person: Person;
  readonly onEdit: () => void;
}

/** What is done with a person every now and then, as far as one may. */
export function PersonActs({ person, onEdit }: PersonActsProps) {
  const may = useMay();
  const { state } = person;
  return (
    <div className="row">
      {may('updatePerson') && state !== 'draft' ? <Button onClick={onEdit}>Edit</Button> : null}
      {may('reissueCode') && state === 'enrolled' ? <Reissue person={person} /> : null}
      {may('resumePerson') && state === 'suspended' ? <Resume person={person} /> : null}
      {may('addSample') && state === 'draft' ? (
        <Link href={`/register/${person.id}`} className="button" data-kind="primary">
          Go on with the registration
        </Link>
      ) : null}
    </div>
  );
}

interface SeldomActsProps {
  readonly person: Person;
  readonly onDeleted: (receipt: Answer<'deletePerson'>) => void;
}

/** What is done with a person seldom, and what shuts them out, each with what it does. */
export function SeldomActs({ person, onDeleted }: SeldomActsProps) {
  const may = useMay();
  const [asks, setAsks] = useState<'suspend' | 'delete'>();
  const { state } = person;
  const acts = [
    may('issueDuressCode') && state === 'enrolled' ? (
      <Act key="duress" name="Duress code" act={<IssueDuress person={person} />}>
        Opens like the ordinary code, and tells guards silently that somebody is forced.
      </Act>
    ) : null,
    may('getHeld') ? (
      <Act key="held" name="A copy of their data" act={<Held id={person.id} />}>
        All that is held on them, as a file for them to have.
      </Act>
    ) : null,
    may('suspendPerson') && state === 'enrolled' ? (
      <Act
        key="suspend"
        name="Suspend"
        act={<Button onClick={() => setAsks('suspend')}>Suspend…</Button>}
      >
        No door opens for them until they are resumed.
      </Act>
    ) : null,
    may('deletePerson') && state !== 'draft' ? (
      <Act
        key="delete"
        name="Delete"
        act={
          <Button kind="warning" onClick={() => setAsks('delete')}>
            Delete…
          </Button>
        }
      >
        Their record, face, code and photographs are forgotten, for good.
      </Act>
    ) : null,
  ].filter((act) => act !== null);
  if (acts.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="seldom">
      <h2 id="seldom">Seldom needed</h2>
      <ul className="acts">{acts}</ul>
      {asks === 'suspend' ? <Suspend person={person} onClose={() => setAsks(undefined)} /> : null}
      {asks === 'delete' ? (
        <DeletePerson person={person} onDeleted={onDeleted} onClose={() => setAsks(undefined)} />
      ) : null}
    </section>
  );
}

interface ActProps {
  readonly name: string;
  readonly act: ReactNode;
  /** What it does. */
  readonly children: ReactNode;
}

function Act({ name, act, children }: ActProps) {
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <span className="quiet">{children}</span>
      </div>
      {act}
    </li>
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

interface SuspendProps {
  readonly person: Person;
  readonly onClose: () => void;
}

/** All that is held on them as a file, for them to have. */
function Held({ id }: { readonly id: string }) {
  const act = useAct('getHeld', []);
  const say = useSay();
  const save = () =>
    act.mutate(
      { params: { id } },
      {
        onSuccess: (held) => saveJson(`${id}.json`, held),
        onError: ({ message, action }) => say('bad', `${message} ${action}`),
      },
    );
  return (
    <Button busy={act.isPending} onClick={save}>
      Export all data
    </Button>
  );
}

/** Asks first: whoever has a code stands before a door with a void one. */
function Reissue({ person: { id, name, email } }: { readonly person: Person }) {
  const [isAsked, setAsked] = useState(false);
  const act = useAct('reissueCode', stale);
  const say = useSay();
  const ask = () => {
    act.reset();
    setAsked(true);
  };
  const reissue = () =>
    act.mutate(
      { params: { id } },
      {
        onSuccess: () => {
          say('good', `A new code goes to ${email}; the last one is void.`);
          setAsked(false);
        },
      },
    );
  return (
    <>
      <Button onClick={ask}>Mail a new code…</Button>
      {isAsked ? (
        <Confirm
          title={`Mail ${name} a new code?`}
          act="Mail a new code"
          danger={false}
          busy={act.isPending}
          faults={faultsBeside(act.error)}
          onConfirm={reissue}
          onClose={() => setAsked(false)}
        >
          <p>It goes to {email}. The code that they have now opens no door any more.</p>
        </Confirm>
      ) : null}
    </>
  );
}

function IssueDuress({ person: { id, email } }: { readonly person: Person }) {
  const act = useAct('issueDuressCode', stale);
  const told = useOutcome();
  return (
    <Button
      busy={act.isPending}
      onClick={() =>
        act.mutate(
          { params: { id } },
          told(`A duress code goes to ${email}; the ordinary code stays as it is.`),
        )
      }
    >
      Mail a duress code
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

function Suspend({ person: { id, name }, onClose }: SuspendProps) {
  const act = useAct('suspendPerson', stale);
  const say = useSay();
  const suspend = () =>
    act.mutate(
      { params: { id } },
      {
        onSuccess: () => {
          say('good', `No door opens for ${name} now.`);
          onClose();
        },
      },
    );
  return (
    <Confirm
      title={`Suspend ${name}?`}
      act="Suspend"
      danger={false}
      busy={act.isPending}
      faults={faultsBeside(act.error)}
      onConfirm={suspend}
      onClose={onClose}
    >
      <p>No door opens for them until they are resumed. Nothing is deleted.</p>
    </Confirm>
  );
}
