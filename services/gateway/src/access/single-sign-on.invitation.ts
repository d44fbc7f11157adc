import type { GatewayConfig } from '../config.js';
import { Problem } from '../http/problem.js';
import { invitationOf } from './single-sign-on.pure.js';

/**
 * Under what an operator is invited, as it is compared later.
 * @throws Problem LK-SSO-004 where there is no single sign-on, LK-REQ-001 where it can never come
 */
export function requireInvitation(given: string, field: string, config: GatewayConfig): string {
  if (config.LK_OIDC_ISSUER === undefined) throw new Problem('LK-SSO-004');
  const invitation = invitationOf(given, config.LK_OIDC_CLAIM);
  if (invitation !== '') return invitation;
  const message = 'expected a plain e-mail address, such as asha@campus.example';
  throw new Problem('LK-REQ-001', `${field}: ${message}`, { faults: [{ field, message }] });
}
