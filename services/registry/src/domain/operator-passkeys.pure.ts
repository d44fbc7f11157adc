import type { Passkey as PasskeyAnswer } from '@latchkey/contracts/grpc';
import { audited, counted, operatorOf } from './operator-life.pure.js';
import type { LivingOperator, OperatorRecord, Passkey } from './operator.pure.js';
import { type Operation, owedAudit } from './outbox.pure.js';
import { owing } from './person.pure.js';
import { accept, type Decision, refuse } from './refusal.pure.js';

/** More than anybody has devices; each is one more that can be lost. */
const PASSKEYS_AT_MOST = 10;

/** What is given of a passkey that is added. */
export type NewPasskey = Pick<
  Passkey,
  'name' | 'credential' | 'handle' | 'publicKey' | 'counter' | 'transports'
>;

/** Adds a passkey to an operator who is unchanged since it was begun. */
export function addPasskey(
  existing: OperatorRecord | null,
  { stamp, ...given }: NewPasskey & { readonly stamp: string },
  op: Operation,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  const before = found.next;
  if (before.disabled || before.stamp !== stamp) {
    return refuse('LK-PKY-002', 'The account was changed since this was begun. Begin anew.');
  }
  const has = before.passkeys ?? [];
  if (has.length >= PASSKEYS_AT_MOST) {
    return refuse(
      'LK-PKY-004',
      `There are ${PASSKEYS_AT_MOST} passkeys, the most that there can be. Take one away first.`,
    );
  }
  if (has.some(({ credential }) => credential === given.credential)) {
    return refuse('LK-PKY-004', 'This passkey was added before.');
  }
  const added = { ...given, id: op.id, createdAt: op.now, lastUsedAt: 0, suspect: false };
  const after = { ...before, passkeys: [...has, added] };
  return accept(audited(before, counted(after), 'operator.passkey-added', op));
}

/** Takes one passkey away, or with `null` all; whatever was signed in before ends. */
export function removePasskeys(
  existing: OperatorRecord | null,
  id: string | null,
  op: Operation,
): Decision<LivingOperator> {
  const found = operatorOf(existing);
  if (!found.ok) return found;
  const before = found.next;
  const has = before.passkeys ?? [];
  const passkeys = id === null ? [] : has.filter((passkey) => passkey.id !== id);
  if (passkeys.length === has.length) {
    return refuse('LK-PKY-003', 'There is no such passkey. See the list of them.');
  }
  const after = { ...before, passkeys, stamp: op.stamp };
  return accept(audited(before, counted(after), 'operator.passkey-removed', op));
}

/** What a showing of a passkey said, once its signature was found good. */
export interface PasskeyShown {
  readonly stamp: string;
  readonly credential: string;
  /** 0: the authenticator does not count. */
  readonly counter: number;
}

/**
 * Writes down that someone signed in by a passkey, if they still may. A counter that does not go on (WebAuthn, 7.2, step 22)
 * means that two hold the key: of the two nobody is let in any more until the passkey is taken away.
 * @returns as reply whether it is such a copy
 */
export function recordPasskeySignIn(
  existing: OperatorRecord | null,
  { stamp, credential, counter }: PasskeyShown,
  op: Operation,
): Decision<LivingOperator, boolean> {
  const found = operatorOf(existing);
  const operator = found.ok ? found.next : null;
  const passkey = operator?.passkeys?.find((one) => one.credential === credential);
  if (!operator || operator.disabled || operator.stamp !== stamp || !passkey || passkey.suspect) {
    return refuse('LK-PKY-001', 'The passkey was not accepted.');
  }
  const { id } = operator;
  const isCopied = (counter > 0 || passkey.counter > 0) && counter <= passkey.counter;
  const detail = `passkey ${passkey.name}`;
  if (isCopied) {
    const marked = { ...withPasskey(operator, { ...passkey, suspect: true }), stamp: op.stamp };
    // Who it was is not known, so it is noted under the registry's own name.
    const owed = owedAudit({ ...op, by: 'registry' }, 'operator.passkey-copied', {
      operator: id,
      detail,
    });
    return { ok: true, next: owing(marked, [owed]), reply: true };
  }
  const used = withPasskey(operator, { ...passkey, counter, lastUsedAt: op.now });
  const owed = owedAudit(op, 'operator.signed-in', { operator: id, detail });
  return { ok: true, next: owing({ ...used, lastSignInAt: op.now }, [owed]), reply: false };
}

/** A passkey as the registry tells of it, to the gateway alone. */
export function describePasskey(passkey: Passkey): PasskeyAnswer {
  return { ...passkey, transports: [...passkey.transports] };
}

function withPasskey(operator: LivingOperator, passkey: Passkey): LivingOperator {
  const passkeys = (operator.passkeys ?? []).map((one) => (one.id === passkey.id ? passkey : one));
  return { ...operator, passkeys };
}
