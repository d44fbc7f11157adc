import { audited, counted, operatorOf } from './operator-life.pure.js';
import type { LivingOperator, OperatorRecord } from './operator.pure.js';
import { type Operation, owedAudit } from './outbox.pure.js';
import { owing } from './person.pure.js';
import { accept, type Decision, refuse } from './refusal.pure.js';

/** Keeps a second factor's secret that was shown, until a code of it has come. */
export function beginTotp(
  existing: OperatorRecord | null,
  pendingTotp: string,
  op: Operation,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  if (found.next.totp !== null) {
    return refuse('LK-OPR-006', 'There is a second factor already. Take it away first.');
  }
  const begun = owedAudit(op, 'operator.totp-begun', { operator: found.next.id });
  return accept(owing({ ...found.next, pendingTotp }, [begun]));
}

/** Asks for the second factor from now on; the code that proved it is used up. All that was begun without it is over. */
export function confirmTotp(
  existing: OperatorRecord | null,
  { pendingTotp, step }: { readonly pendingTotp: string; readonly step: number },
  op: Operation,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  const before = found.next;
  if (before.pendingTotp === null || before.pendingTotp !== pendingTotp) {
    return refuse('LK-OPR-006', 'No second factor was begun, or another one since. Begin anew.');
  }
  const after = {
    ...before,
    totp: before.pendingTotp,
    pendingTotp: null,
    totpStep: step,
    stamp: op.stamp,
  };
  return accept(audited(before, counted(after), 'operator.totp-added', op));
}

/** Asks for no second factor any more; all that was begun is over. */
export function removeTotp(
  existing: OperatorRecord | null,
  op: Operation,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  const before = found.next;
  if (before.totp === null) return refuse('LK-OPR-006', 'There is no second factor to take away.');
  const after = { ...before, totp: null, pendingTotp: null, stamp: op.stamp };
  return accept(audited(before, counted(after), 'operator.totp-removed', op));
}

/**
 * Writes down that someone signed in, if they still may: unchanged since their secrets were read, and with a code whose
 * time step is newer than any that was taken, so that a code seen over a shoulder is worth nothing.
 * @param step 0 where no second factor is asked for
 * @param bySubject by an account that is bound: who vouches for it asks for its factors
 */
export function recordSignIn(
  existing: OperatorRecord | null,
  {
    stamp,
    step,
    bySubject = false,
  }: { readonly stamp: string; readonly step: number; readonly bySubject?: boolean | undefined },
  op: Operation,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok || found.next.disabled || found.next.stamp !== stamp) {
    return refuse('LK-AUTH-010', 'The name or the password is wrong.');
  }
  const operator = found.next;
  if (!bySubject && operator.totp !== null && step <= operator.totpStep) {
    return refuse('LK-AUTH-011', 'The code was used. Wait for the next one.');
  }
  const next = { ...operator, lastSignInAt: op.now, totpStep: Math.max(step, operator.totpStep) };
  return accept(owing(next, [owedAudit(op, 'operator.signed-in', { operator: operator.id })]));
}
