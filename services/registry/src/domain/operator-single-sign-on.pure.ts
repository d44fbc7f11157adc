import { ACT_DONE } from '@latchkey/contracts';
import type { AuditEntry } from '@latchkey/contracts/grpc';
import { type Account, accountKey } from './account.pure.js';
import { audited, counted, operatorOf } from './operator-life.pure.js';
import type { LivingOperator, OperatorRecord } from './operator.pure.js';
import { auditId, type Operation } from './outbox.pure.js';
import { accept, type Decision, refuse, type Refused } from './refusal.pure.js';

/**
 * Invites an operator anew under `invitedAs`, or with '' takes single sign-on away. An account that was bound is bound no
 * longer, and whatever was signed in ends.
 */
export function setSingleSignOn(
  existing: OperatorRecord | null,
  invitedAs: string,
  op: Operation,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  const before = found.next;
  if (invitedAs === '' && before.passwordHash === '') {
    return refuse(
      'LK-SSO-005',
      'Without it there is no way in. Give the operator a password first.',
    );
  }
  const singleSignOn = invitedAs === '' ? null : { invitedAs, account: null };
  const after = { ...before, singleSignOn, stamp: op.stamp };
  return accept(audited(before, counted(after), 'operator.single-sign-on-changed', op));
}

/**
 * Binds the account to the operator who was invited as what it is vouched for, unless another account came first. Where it
 * is bound to them, nothing changes.
 */
export function bindAccount(
  existing: OperatorRecord | null,
  { account, knownAs }: { readonly account: Account; readonly knownAs: string },
  op: Operation,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok || found.next.disabled) return refuseAccount();
  const before = found.next;
  const way = before.singleSignOn;
  if (way?.account && accountKey(way.account) === accountKey(account)) return found;
  if (!way || way.account || way.invitedAs !== knownAs) return refuseAccount();
  const after = { ...before, singleSignOn: { ...way, account } };
  return accept(audited(before, counted(after), 'operator.single-sign-on-bound', op));
}

/** Who is unknown and who is shut out are told the same. */
export function refuseAccount(): Refused {
  return refuse('LK-SSO-001', 'No operator is known by this account, or they were shut out.');
}

/** What is noted of an account that was refused: its id there, or the operator who is shut out. Nothing that names a stranger. */
export function refusedAccount(
  { issuer, subject }: Account,
  operator: string | undefined,
  op: Operation,
): AuditEntry {
  const about = operator ?? subject;
  return {
    id: auditId(op, about),
    at: op.now,
    by: op.by,
    action: 'operator.sign-in-refused',
    subject: about,
    detail: issuer.slice(0, 200),
    person: '',
    door: '',
    outcome: ACT_DONE,
    beforeJson: '',
    afterJson: '',
  };
}
