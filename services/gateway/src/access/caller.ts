import { type OperatorRole, operatorRole } from '@latchkey/contracts';
import type { Operator } from '@latchkey/contracts/grpc';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../http/problem.js';

/** Who asks. */
export interface Caller {
  readonly username: string;
  readonly name: string;
  readonly role: OperatorRole;
  /** Whether they have a second factor. */
  readonly totp: boolean;
  readonly password: boolean;
  /** Signed in at the campus's own provider. */
  readonly elsewhere?: boolean;
}

/** The holder of the operator token: a program, or whoever set the site up. */
export const tokenHolder: Caller = {
  username: 'token',
  name: 'Operator token',
  role: 'administrator',
  totp: false,
  password: false,
};

/** An operator as who asks. */
export function asCaller({ username, name, role, totp, hasPassword }: Operator): Caller {
  return { username, name, role: operatorRole.parse(role), totp, password: hasPassword };
}

const callers = new WeakMap<Request, Caller>();

/** Notes who asks; only the guard does. */
export function noteCaller(request: Request, caller: Caller): void {
  callers.set(request, caller);
}

/** Who asks; undefined where nobody is signed in. */
export function callerOf(request: Request): Caller | undefined {
  return callers.get(request);
}

/** Who asks, for a controller's method. @throws Problem LK-AUTH-001 where nobody is signed in */
export const Asker = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<Request>());
  if (!caller) throw new Problem('LK-AUTH-001');
  return caller;
});

/** The username of whoever asks: what the audit names. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const caller = callerOf(context.switchToHttp().getRequest<Request>());
  if (!caller) throw new Problem('LK-AUTH-001');
  return caller.username;
});
