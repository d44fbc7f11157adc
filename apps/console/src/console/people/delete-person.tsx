import type { Answer } from '@latchkey/gateway/api';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../look/button.js';
import { Confirm } from '../../look/confirm.js';
import { useSay } from '../../look/toasts.js';
import { Moment } from '../../look/words.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { useAct } from '../api/queries.js';
import { UnsavedGuard } from '../editing/unsaved.js';
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
      faults={faultsBeside(act.error)}
      onConfirm={forget}
      onClose={onClose}
    >
      <p>
        Their key, record, face and photographs are forgotten, and their code is void. It cannot be
        taken back.
      </p>
    </Confirm>
  );
}

/** The proof that a person was forgotten. */
export function DeletionReceipt({ receipt }: { readonly receipt: Receipt }) {
  const say = useSay();
  const [isKept, setKept] = useState(false);
  const copy = async () => {
    try {
      // Over plain http there is no clipboard at all.
      await navigator.clipboard.writeText(JSON.stringify(receipt));
      setKept(true);
      say('good', 'The receipt is copied.');
    } catch {
      say('bad', 'This browser does not let the receipt be copied: save it instead.');
    }
  };
  const save = () => {
    saveJson(`receipt-${receipt.person}.json`, receipt);
    setKept(true);
  };
  return (
    <section className="card stack" aria-labelledby="receipt">
      <h1 id="receipt">{receipt.person} is deleted</h1>
      <p>
        The registry has signed this receipt, so that anybody can check it. Its signature is shown
        this once: save the receipt where you keep such proof. The audit keeps its number.
      </p>
      <dl className="facts">
        <dt>Person</dt>
        <dd>{receipt.person}</dd>
        <dt>When</dt>
        <dd>
          <Moment at={receipt.at} />
        </dd>
        <dt>Receipt’s number</dt>
        <dd className="long">
          <code>{receipt.receipt}</code>
        </dd>
      </dl>
      <div className="row">
        <Button kind="primary" onClick={save}>
          Save
        </Button>
        <Button onClick={() => void copy()}>Copy</Button>
        <Link href="/people" className="button">
          Back to everybody
        </Link>
      </div>
      <UnsavedGuard
        isUnsaved={!isKept}
        title="Leave without the receipt?"
        keep={{ words: 'Save it and leave', act: save }}
      >
        Its signature is shown this once: afterwards the audit has its number alone, which proves
        nothing to others.
      </UnsavedGuard>
    </section>
  );
}
