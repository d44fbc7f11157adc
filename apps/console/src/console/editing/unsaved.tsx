import { Confirm } from '../../look/confirm.js';
import { useLeaving } from '../shell/hash-location.js';

/** What would be lost: what was typed, where nothing else is said. */
interface Lost {
  readonly title?: string;
  readonly children?: string;
  /** What keeps it, before one leaves all the same. */
  readonly keep?: { readonly words: string; readonly act: () => void };
}

/** Asks before a page is left with which something would be lost. */
export function UnsavedGuard({ isUnsaved, ...lost }: Lost & { readonly isUnsaved: boolean }) {
  const leaving = useLeaving(isUnsaved);
  if (!leaving) return null;
  return <LeaveUnsaved {...lost} onLeave={leaving.leave} onStay={leaving.stay} />;
}

interface LeaveUnsavedProps extends Lost {
  readonly onLeave: () => void;
  readonly onStay: () => void;
}

/** The question itself, for what is left otherwise than by an address. */
export function LeaveUnsaved({
  title = 'Leave without saving?',
  children = 'What you changed here is not saved, and would be lost.',
  keep,
  onLeave,
  onStay,
}: LeaveUnsavedProps) {
  const keepIt = keep && {
    words: keep.words,
    act: () => {
      keep.act();
      onLeave();
    },
  };
  return (
    <Confirm
      title={title}
      act="Leave"
      stay="Stay"
      instead={keepIt}
      danger={false}
      onConfirm={onLeave}
      onClose={onStay}
    >
      <p>{children}</p>
    </Confirm>
  );
}
