import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Button } from '../../look/button.js';
import { Confirm } from '../../look/confirm.js';
import { Dialog } from '../../look/dialog.js';
import { ProblemNotice } from '../../look/problem.js';
import { useAct } from '../api/queries.js';
import { saveJson } from './save-file.js';

type Receipts = Answer<'deleteAllPeople'>['receipts'];

/** What the API wants to be told, word for word. */
const CONFIRMATION = 'delete all people';

/** To forget everybody; the receipts can be saved afterwards, and only then. */
export function DeleteAll({ total }: { readonly total: number }) {
  const [isAsking, setAsking] = useState(false);
  const [receipts, setReceipts] = useState<Receipts>();
  const act = useAct('deleteAllPeople', ['listPeople']);
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
        <div className="row">
          <Button kind="quiet" size="small" onClick={() => setAsking(true)}>
            Delete everybody…
          </Button>
        </div>
      ) : null}
      {isAsking ? (
        <Confirm
          title="Delete everybody?"
          act="Delete everybody"
          typed={CONFIRMATION}
          busy={act.isPending}
          onConfirm={forget}
          onClose={() => setAsking(false)}
        >
          <p>
            All people who are listed ({total.toLocaleString()}) and every registration under way
            are forgotten: keys, records, faces and photographs. It cannot be taken back, and no
            door opens for any of them again.
          </p>
          {act.error ? <ProblemNotice problem={act.error} /> : null}
        </Confirm>
      ) : null}
      {receipts ? <Receipts receipts={receipts} onClose={() => setReceipts(undefined)} /> : null}
    </>
  );
}

interface ReceiptsProps {
  readonly receipts: Receipts;
  readonly onClose: () => void;
}

function Receipts({ receipts, onClose }: ReceiptsProps) {
  return (
    <Dialog title="Everybody is deleted" onClose={onClose}>
      <p>
        {receipts.length.toLocaleString()} {receipts.length === 1 ? 'receipt' : 'receipts'}. They
        are shown this once: save them where you keep such proof.
      </p>
      <div className="row">
        <Button kind="primary" onClick={() => saveJson('receipts.json', receipts)}>
          Save the receipts
        </Button>
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}
