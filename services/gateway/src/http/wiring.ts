import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { ROUTE_ID } from './handles.js';
import type { RouteFacts } from './route.js';

/**
 * Holds that each route has exactly one handler, and each handler its route in the table.
 * @throws Error that names every route that hasn't, with the fix.
 */
export function requireHandlers(routes: readonly RouteFacts[], controllers: readonly Type[]): void {
  const handled = controllers.flatMap(routesOf);
  const faults = routes.flatMap(({ id }) => {
    const count = handled.filter((name) => name === id).length;
    if (count === 1) return [];
    const fix = count === 0 ? `add a method with @Handles(${id})` : 'leave one of them';
    return [`${id} has ${count} handlers: ${fix}`];
  });
  const known = new Set(routes.map(({ id }) => id));
  const unknown = handled.filter((id) => !known.has(id));
  faults.push(...unknown.map((id) => `${id} has no route: add its module to route-table.ts`));
  if (faults.length > 0)
    throw new Error(`Routes and controllers differ:\n  ${faults.join('\n  ')}`);
}

function routesOf({ prototype }: Type): string[] {
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const method: unknown = Reflect.get(prototype as object, name);
    const id: unknown = typeof method === 'function' ? Reflect.getMetadata(ROUTE_ID, method) : null;
    return typeof id === 'string' ? [id] : [];
  });
}
