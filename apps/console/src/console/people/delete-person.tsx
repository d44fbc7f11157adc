import type { Answer } from '@latchkey/gateway/api';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { Confirm } from '../../look/confirm.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { Moment } from '../../look/words.js';
import { useAct } from '../api/queries.js';
import type { Person } from './person-draft.pure.js';
import { saveJson } from './save-file.js';

type Receipt = Answer<'deletePerson'>;

interface DeletePersonProps {
  readonly person: Person;
  readonly onDeleted: (receipt: Receipt) => void;
  readonly onClose: () => void;
}

/** Asks before a person is forgotten: their id must be typed. */
export function DeletePerson({ person: { id, name }, onDeleted, onClose }: DeletePersonProps) {
  const client = useQueryClient();
  const act = useAct('deletePerson', ['listPeople']);
  const forget = () =>
    act.mutate(
      { params: { id } },
      {
        onSuccess: (receipt) => {
          onDeleted(receipt);
          client.removeQueries({ queryKey: ['getPerson', { params: { id } }] });
        },
      },
    );
  return (
    <Confirm
      title={`Delete ${name}?`}
      act="Delete"
      typed={id}
      busy={act.isPending}
      onConfirm={forget}
      onClose={onClose}
    >
      <p>
        Their key, record, face and photographs are forgotten, and their code is void. It cannot be
        taken back.
      </p>
      {act.error ? <ProblemNotice problem={act.error} /> : null}
    </Confirm>
  );
}

/** The proof that a person was forgotten. */
export function DeletionReceipt({ receipt }: { readonly receipt: Receipt }) {
  const say = useSay();
  const copy = () =>
    navigator.clipboard.writeText(JSON.stringify(receipt)).then(
      () => say('good', 'The receipt is copied.'),
      () => say('bad', 'This browser does not let the receipt be copied: save it instead.'),
    );
  return (
    <section className="card stack" aria-labelledby="receipt">
      <h1 id="receipt">{receipt.person} is deleted</h1>
      <p>This receipt is shown this once: copy or save it where you keep such proof.</p>
      <dl className="facts">
        <dt>Person</dt>
        <dd>{receipt.person}</dd>
        <dt>When</dt>
        <dd>
          <Moment at={receipt.at} />
        </dd>
        <dt>Receipt</dt>
        <dd className="long">
          <code>{receipt.receipt}</code>
        </dd>
      </dl>
      <div className="row">
        <Button kind="primary" onClick={() => void copy()}>
          Copy
        </Button>
        <Button onClick={() => saveJson(`receipt-${receipt.person}.json`, receipt)}>Save</Button>
        <Link href="/people" className="button">
          Back to everybody
        </Link>
      </div>
    </section>
  );
}
