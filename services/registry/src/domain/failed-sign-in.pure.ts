import { NOTED_ONCE_IN_MS } from '@latchkey/contracts';
import { operatorOf } from './operator-life.pure.js';
import type { LivingOperator, OperatorRecord } from './operator.pure.js';
import { type Operation, owedAudit } from './outbox.pure.js';
import { owing } from './person.pure.js';
import { accept, type Decision } from './refusal.pure.js';

const NEVER = { notedAt: 0, unnoted: 0 };

/** Counts a sign-in that failed. The first is noted at once, those after it together, once ten minutes have passed. */
export function failSignIn(
  existing: OperatorRecord | null,
  op: Operation,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  const { notedAt, unnoted } = found.next.failedSignIns ?? NEVER;
  const counted = { ...found.next, failedSignIns: { notedAt, unnoted: unnoted + 1 } };
  return noteFailedSignIns(counted, op);
}

/** Owes the entry of those that failed, where there are any and the last entry is long enough ago. */
export function noteFailedSignIns(
  existing: OperatorRecord | null,
  op: Operation,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  const operator = found.next;
  const { notedAt, unnoted } = operator.failedSignIns ?? NEVER;
  if (unnoted === 0 || op.now - notedAt < NOTED_ONCE_IN_MS) return accept(operator);
  const detail = unnoted === 1 ? '1 try' : `${unnoted} tries`;
  const owed = owedAudit(op, 'operator.sign-in-failed', { operator: operator.id, detail });
  const noted = { ...operator, failedSignIns: { notedAt: op.now, unnoted: 0 } };
  return accept(owing(noted, [owed]));
}
