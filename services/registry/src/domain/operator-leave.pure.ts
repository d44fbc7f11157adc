import { operatorOf } from './operator-life.pure.js';
import type { LivingOperator, OperatorRecord } from './operator.pure.js';
import type { Operation } from './outbox.pure.js';
import { accept, type Decision, refuse } from './refusal.pure.js';

/** Within so long one who said that they leave must have left; else they say it anew. */
const LEAVE_WITHIN_MS = 10_000;
/** After so long nobody waits for one who said so and did not (their process ended). */
const FORGOTTEN_AFTER_MS = 30_000;

/**
 * Says that an administrator is about to leave. Documents are written one at a time, so of two administrators who take
 * each other away at the same moment each says so before it looks at the others: at least one sees the other and stays.
 */
export function announceLeaving(
  existing: OperatorRecord | null,
  op: Operation,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  return accept({ ...found.next, leaving: { by: op.id, at: op.now } });
}

/** Whether someone stays who is administrator and doesn't leave. */
export function someoneStays(
  leaver: string,
  administrators: readonly OperatorRecord[],
  now: number,
): boolean {
  return administrators.some(
    (other) =>
      other.state === 'active' &&
      other.id !== leaver &&
      (other.leaving === null || other.leaving.at < now - FORGOTTEN_AFTER_MS),
  );
}

/** Goes on only where it was said by this command and just now. */
export function stillLeaving(
  existing: OperatorRecord | null,
  op: Operation,
  now: number,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  const { leaving } = found.next;
  if (leaving?.by === op.id && leaving.at > now - LEAVE_WITHIN_MS) return found;
  return refuse(
    'LK-STO-002',
    'Another changed the operator at the same moment. Repeat the change.',
  );
}

/** Takes back what was said; where another said so meanwhile nothing changes. */
export function stay(existing: OperatorRecord | null, op: Operation): Decision<OperatorRecord> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  if (found.next.leaving?.by !== op.id) return found;
  return accept({ ...found.next, leaving: null });
}
