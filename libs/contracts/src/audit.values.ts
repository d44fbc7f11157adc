import { z } from 'zod';

/** What the audit tells of. */
export const auditAction = z.enum([
  'person.listed',
  'person.draft',
  'person.enrolled',
  'person.alike',
  'person.changed',
  'person.abandoned',
  'person.suspended',
  'person.resumed',
  'person.deleted',
  'people.exported',
  'person.data-exported',
  'code.reissued',
  'code.requested',
  'code.duress-issued',
  'code.used',
  'code.locked',
  'code.unlocked',
  'door.created',
  'door.changed',
  'door.token-renewed',
  'door.pairing-created',
  'door.paired',
  'door.unpaired',
  'door.lock-tested',
  'door.picture-viewed',
  'door.removed',
  'operator.created',
  'operator.changed',
  'operator.password-changed',
  'operator.totp-begun',
  'operator.totp-added',
  'operator.totp-removed',
  'operator.passkey-added',
  'operator.passkey-removed',
  'operator.passkey-copied',
  'operator.signed-in',
  'operator.single-sign-on-changed',
  'operator.single-sign-on-bound',
  'operator.sign-in-refused',
  'operator.sign-in-failed',
  'operator.removed',
  'dead-letter.replay',
  'dead-letter.drop',
  'delivery.send-again',
  'alert.acknowledge',
  'photograph.viewed',
]);
export type AuditAction = z.infer<typeof auditAction>;

/** What operators do without the registry: who does it for them has the registry note it, before and after. */
export const operatorAct = auditAction.extract([
  'dead-letter.replay',
  'dead-letter.drop',
  'delivery.send-again',
  'alert.acknowledge',
  'people.exported',
  'person.data-exported',
]);
export type OperatorAct = z.infer<typeof operatorAct>;

/** What operators look at: noted once each, of one operator at one thing, in so long. */
export const operatorLook = auditAction.extract(['photograph.viewed', 'door.picture-viewed']);
export type OperatorLook = z.infer<typeof operatorLook>;
/** In so long the looks of one operator at one thing, and the sign-ins to one account that failed, are one entry each. */
export const NOTED_ONCE_IN_MS = 10 * 60_000;

/** How an act stands that was begun and whose end was not noted. */
export const ACT_BEGUN = 'begun';
/** How an act stands that the registry did itself: in the same write as it was noted. */
export const ACT_DONE = 'done';
