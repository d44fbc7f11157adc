import { Problem } from '../http/problem.js';
import { weakness } from './password-rule.pure.js';

/** @throws Problem LK-OPR-005, beside the field, where a password is too weak for this operator */
export function requireStrength(password: string, username: string, field: string): void {
  const message = weakness(password, username);
  if (message === undefined) return;
  throw new Problem('LK-OPR-005', `${field}: ${message}`, { faults: [{ field, message }] });
}
