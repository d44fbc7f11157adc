import type { z } from 'zod';
import type { AnswerOf } from './http/route.js';
import type { routesById } from './route-table.js';

/**
 * For clients in TypeScript: what each route of the API takes and answers, as it is on the wire. A route is exported under
 * its id (a test holds that), so that it is looked up here and not searched for, which takes the compiler minutes.
 */
type Routes = typeof routesById;

/** Every route's id. */
export type RouteId = keyof Routes;

type Sent<Facts, Key extends string> =
  Facts extends Readonly<Record<Key, infer Schema extends z.ZodType>> ? z.input<Schema> : undefined;

/** What a route takes in its path. */
export type Params<Id extends RouteId> = Sent<Routes[Id], 'params'>;
/** What a route takes in its query. */
export type Query<Id extends RouteId> = Sent<Routes[Id], 'query'>;
/** What a route takes as its body: a picture as it is, all else as JSON. */
export type Body<Id extends RouteId> = Routes[Id] extends { readonly consumes: 'picture' }
  ? Blob
  : Sent<Routes[Id], 'body'>;
/** What a route answers. */
export type Answer<Id extends RouteId> = AnswerOf<Routes[Id]>;

export type { Fault, ProblemDocument } from './http/problem.js';
