import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ROUTE_ID } from '../http/handles.js';
import { Problem } from '../http/problem.js';
import { callerOf } from './caller.js';
import { isPublic, mayDo } from './permissions.pure.js';

/**
 * Lets a handler be reached only by those whom the table names. It goes by the handler that Nest chose, not by the path,
 * so however a path is written, it is the route that counts.
 */
@Injectable()
export class RoleGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const route: unknown = Reflect.getMetadata(ROUTE_ID, context.getHandler());
    // The API's own description: it has no route, and is open.
    if (typeof route !== 'string' || isPublic(route)) return true;
    const caller = callerOf(context.switchToHttp().getRequest<Request>());
    if (!caller) throw new Problem('LK-AUTH-001');
    if (mayDo(caller.role, route)) return true;
    throw new Problem('LK-AUTH-004', `An operator of the role ${caller.role} may not do this.`);
  }
}
