import type { z } from 'zod';
import type * as doors from './doors/doors.routes.js';
import type * as events from './events/events.routes.js';
import type { AnswerOf, RouteFacts } from './http/route.js';
import type * as operations from './operations/operations.routes.js';
import type * as people from './people/people.routes.js';

/** For clients in TypeScript: what each route of the API takes and answers, by its id, as it is on the wire. */
type Modules = typeof people & typeof doors & typeof events & typeof operations;
type Route = Extract<Modules[keyof Modules], RouteFacts>;

/** Every route's id. */
export type RouteId = Route['id'];

type RouteOf<Id extends RouteId> = Extract<Route, { readonly id: Id }>;
type Sent<Facts, Key extends string> =
  Facts extends Readonly<Record<Key, infer Schema>>
    ? Schema extends z.ZodType
      ? z.input<Schema>
      : undefined
    : undefined;

/** What a route takes in its path. */
export type Params<Id extends RouteId> = Sent<RouteOf<Id>, 'params'>;
/** What a route takes in its query. */
export type Query<Id extends RouteId> = Sent<RouteOf<Id>, 'query'>;
/** What a route takes as its body. */
export type Body<Id extends RouteId> = Sent<RouteOf<Id>, 'body'>;
/** What a route answers. */
export type Answer<Id extends RouteId> = AnswerOf<RouteOf<Id>>;

export type { Fault, ProblemDocument } from './http/problem.js';
