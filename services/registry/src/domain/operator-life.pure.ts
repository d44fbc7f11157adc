import type { AuditAction, OperatorRole } from '@latchkey/contracts';
import { differing } from './audit.pure.js';
import {
  auditedOperator,
  isAdministrator,
  type LivingOperator,
  type OperatorRecord,
  type RemovedOperator,
} from './operator.pure.js';
import { type Operation, owedAudit } from './outbox.pure.js';
import { owing } from './person.pure.js';
import { accept, type Decision, refuse } from './refusal.pure.js';

/** Adds an operator; the name of one who was removed may be used again. */
export function createOperator(
  existing: OperatorRecord | null,
  facts: Pick<LivingOperator, 'id' | 'name' | 'role' | 'passwordHash' | 'first' | 'singleSignOn'>,
  op: Operation,
): Decision<LivingOperator> {
  if (existing?.state === 'active') {
    return refuse('LK-OPR-002', `The username ${facts.id} is taken. Choose another one.`);
  }
  const operator: LivingOperator = {
    ...facts,
    state: 'active',
    disabled: false,
    totp: null,
    pendingTotp: null,
    totpStep: 0,
    stamp: op.stamp,
    leaving: null,
    revision: 1,
    createdAt: op.now,
    lastSignInAt: 0,
    outbox: existing?.outbox ?? [],
  };
  return accept(audited(null, operator, 'operator.created', op));
}

/** What an administrator changes of an operator. */
export interface OperatorChange {
  readonly name: string;
  readonly role: OperatorRole;
  readonly disabled: boolean;
  /** The revision that was read. */
  readonly revision: number;
}

/** Whether a change takes away an administrator who may sign in. */
export function losesAdministrator(
  operator: OperatorRecord | null,
  change: Pick<OperatorChange, 'role' | 'disabled'>,
): boolean {
  if (!operator || !isAdministrator(operator)) return false;
  return change.role !== 'administrator' || change.disabled;
}

/** Changes an operator if it is still that of `revision`; another role, or being disabled, ends what is signed in. */
export function updateOperator(
  existing: OperatorRecord | null,
  { revision, ...change }: OperatorChange,
  op: Operation,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  const before = found.next;
  if (before.revision !== revision) {
    return refuse(
      'LK-STO-002',
      `The operator was changed meanwhile: expected version ${before.revision}, got ${revision}. Read it again, then repeat the change.`,
    );
  }
  const ends = before.role !== change.role || before.disabled !== change.disabled;
  const after = { ...before, ...change, stamp: ends ? op.stamp : before.stamp };
  return accept(audited(before, counted(after), 'operator.changed', op));
}

/** Gives an operator another password; whatever was signed in with the last one ends. */
export function setPassword(
  existing: OperatorRecord | null,
  { passwordHash, removeTotp }: { readonly passwordHash: string; readonly removeTotp: boolean },
  op: Operation,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  const before = found.next;
  const after = { ...before, passwordHash, stamp: op.stamp };
  const without = removeTotp ? { ...after, totp: null, pendingTotp: null } : after;
  return accept(audited(before, counted(without), 'operator.password-changed', op));
}

/** Takes an operator away. */
export function removeOperator(
  existing: OperatorRecord | null,
  op: Operation,
): Decision<RemovedOperator> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  const { id, outbox } = found.next;
  const owed = owedAudit(op, 'operator.removed', {
    operator: id,
    before: auditedOperator(found.next),
  });
  return accept(owing({ id, state: 'gone', outbox }, [owed]));
}

/** The operator, or a refusal where there is none. */
export function operatorOf(existing: OperatorRecord | null): Decision<LivingOperator> {
  if (existing?.state === 'active') return accept(existing);
  return refuse('LK-OPR-003', 'There is no such operator. See the list of operators.');
}

/** A change that others may overwrite no longer without having read it. It ends what the operator was about to leave. */
export function counted(operator: LivingOperator): LivingOperator {
  return { ...operator, revision: operator.revision + 1, leaving: null };
}

/** Owes the audit what was and what is. */
export function audited(
  before: LivingOperator | null,
  after: LivingOperator,
  action: AuditAction,
  op: Operation,
): LivingOperator {
  const states = before
    ? differing(auditedOperator(before), auditedOperator(after))
    : { after: auditedOperator(after) };
  return owing(after, [owedAudit(op, action, { operator: after.id, ...states })]);
}
