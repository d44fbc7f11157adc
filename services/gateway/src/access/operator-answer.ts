import { operatorRole } from '@latchkey/contracts';
import type { Operator } from '@latchkey/contracts/grpc';
import type { Response } from 'express';
import type { OperatorAnswer } from './access.schemas.js';

/** An operator as the API tells of them, and their version as the answer's entity tag. */
export function tagged(operator: Operator, response: Response): OperatorAnswer {
  response.set('ETag', `"${operator.version}"`);
  return toOperatorAnswer(operator);
}

/** An operator as the API tells of them: without the stamp, which is nobody's business. */
export function toOperatorAnswer(operator: Operator): OperatorAnswer {
  const { username, name, totp, passkeys, disabled, version, invitedAs, bound } = operator;
  const { lastSignInAt } = operator;
  return {
    username,
    name,
    role: operatorRole.parse(operator.role),
    totp,
    passkeys,
    disabled,
    password: operator.hasPassword,
    singleSignOn: invitedAs === '' ? null : { as: invitedAs, bound },
    createdAt: new Date(operator.createdAt).toISOString(),
    lastSignInAt: lastSignInAt === 0 ? null : new Date(lastSignInAt).toISOString(),
    version,
  };
}
