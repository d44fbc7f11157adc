import { Confirm } from '../../look/confirm.js';
import { useAct } from '../api/queries.js';
import type { Leaving } from '../shell/hash-location.js';

interface LeaveDialogProps {
  readonly id: string;
  readonly name: string;
  readonly leaving: Leaving;
}

/** Asks before a registration under way is left. */
export function LeaveDialog({ id, name, leaving }: LeaveDialogProps) {
  const act = useAct('abandonPerson', ['listPeople']);
  const leave = () => act.mutate({ params: { id }, body: {} }, { onSettled: leaving.leave });
  return (
    <Confirm
      title="Leave the registration?"
      act="Leave and give it up"
      stay="Go on with it"
      busy={act.isPending}
      onConfirm={leave}
      onClose={leaving.stay}
    >
      <p>The registration of {name} is not complete: nothing of it is kept.</p>
    </Confirm>
  );
}
