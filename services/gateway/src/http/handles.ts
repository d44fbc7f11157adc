import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import type { Request } from 'express';
import { parseRequest } from './parse-request.js';
import { expressPath, type InputOf, type RouteFacts } from './route.js';

const methods = {
  get: RequestMethod.GET,
  post: RequestMethod.POST,
  put: RequestMethod.PUT,
  delete: RequestMethod.DELETE,
} as const;

/** Under this key a handler's metadata names its route. */
export const ROUTE_ID = 'latchkey.route';

/** Marks a controller's method as the one handler of a route. */
export function Handles(route: RouteFacts): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: expressPath(route), method: methods[route.method] }),
    HttpCode(route.status),
    SetMetadata(ROUTE_ID, route.id),
  );
}

/** The request's parts, validated by the route's schemas. @throws Problem with every fault at once. */
export const Input = createParamDecorator(
  (route: RouteFacts, context: ExecutionContext): InputOf<RouteFacts> =>
    parseRequest(route, context.switchToHttp().getRequest<Request>()),
);
