import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Button } from '../../look/button.js';
import { Confirm } from '../../look/confirm.js';
import { Dialog } from '../../look/dialog.js';
import { faultsBeside } from '../api/field-faults.pure.js';
import { useAct } from '../api/queries.js';
import { LeaveUnsaved, UnsavedGuard } from '../editing/unsaved.js';
import { saveJson } from './save-file.js';

type Receipts = Answer<'deleteAllPeople'>['receipts'];

/** What the API wants to be told, word for word. */
const CONFIRMATION = 'delete all people';

/** To forget everybody; the receipts can be saved afterwards, and only then. */
export function DeleteAll({ total }: { readonly total: number }) {
  const [isAsking, setAsking] = useState(false);
  const [receipts, setReceipts] = useState<Receipts>();
  const act = useAct('deleteAllPeople', ['listPeople']);
  const ask = () => {
    act.reset();
    setAsking(true);
  };
  const forget = () =>
    act.mutate(
      { body: { confirm: CONFIRMATION } },
      {
        onSuccess: ({ receipts }) => {
          setAsking(false);
          setReceipts(receipts);
        },
      },
    );
  return (
    <>
      {total > 0 ? (
        <section className="card danger" aria-labelledby="delete-all">
          <ul className="acts">
            <li>
              <div>
                <h2 id="delete-all">Delete everybody</h2>
                <span className="quiet">
                  All people are forgotten, for good; no door opens for any of them again.
                </span>
              </div>
              <Button kind="warning" onClick={ask}>
                Delete everybody…
              </Button>
            </li>
          </ul>
        </section>
      ) : null}
      {isAsking ? (
        <Confirm
          title="Delete everybody?"
          act="Delete everybody"
          typed={CONFIRMATION}
          busy={act.isPending}
          faults={faultsBeside(act.error)}
          onConfirm={forget}
          onClose={() => setAsking(false)}
        >
          <p>
            All people who are listed ({total.toLocaleString()}) and every registration under way
            are forgotten: keys, records, faces and photographs. It cannot be taken back, and no
            door opens for any of them again.
          </p>
        </Confirm>
      ) : null}
      {receipts ? <Receipts receipts={receipts} onClose={() => setReceipts(undefined)} /> : null}
    </>
  );
}

const unkept = {
  title: 'Leave without the receipts?',
  children:
    'Their signatures are shown this once: afterwards the audit has their numbers alone, which prove nothing to others.',
};

interface ReceiptsProps {
  readonly receipts: Receipts;
  readonly onClose: () => void;
}

function Receipts({ receipts, onClose }: ReceiptsProps) {
  const [isSaved, setSaved] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const save = () => {
    saveJson('receipts.json', receipts);
    setSaved(true);
  };
  const question = { ...unkept, keep: { words: 'Save them and leave', act: save } };
  const close = () => (isSaved ? onClose() : setLeaving(true));
  return (
    <Dialog title="Everybody is deleted" onClose={close}>
      <p>
        {receipts.length.toLocaleString()} {receipts.length === 1 ? 'receipt' : 'receipts'}, signed
        by the registry. The signatures are shown this once: save them where you keep such proof.
        The audit keeps the receipts’ numbers.
      </p>
      <div className="row">
        <Button kind="primary" onClick={save}>
          Save the receipts
        </Button>
        <Button onClick={close}>Close</Button>
      </div>
      <UnsavedGuard isUnsaved={!isSaved} {...question} />
      {isLeaving ? (
        <LeaveUnsaved {...question} onLeave={onClose} onStay={() => setLeaving(false)} />
      ) : null}
    </Dialog>
  );
}
