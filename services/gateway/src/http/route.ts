import type { ErrorCode } from '@latchkey/contracts';
import type { z } from 'zod';

/** Everything that one REST route promises. The validation, the OpenAPI document and the docs page derive from it. */
export interface RouteFacts {
  /** The OpenAPI operationId. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Under `/api/v1`, with `{token}` for each path parameter. */
  readonly path: `/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly details?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Names in lower case, as Node gives them. */
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  /** `picture`: the body is a picture, raw or as the multipart file `sample`. */
  readonly consumes?: 'json' | 'picture';
  readonly status: 200 | 201 | 204 | 303;
  readonly answer?: z.ZodType;
  /** The answer's media type, where it isn't JSON. */
  readonly produces?: string;
  readonly answerHeaders?: Readonly<Record<string, string>>;
  /** The codes of its own; those that any route may answer are added. */
  readonly errors: readonly ErrorCode[];
  /** Which code a fault in a field means, by `params.id` or `body.email`; else `LK-REQ-001`. */
  readonly faultCodes?: Readonly<Record<string, ErrorCode>>;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Part<Facts, Key extends string> =
  Facts extends Readonly<Record<Key, infer Schema>> ? Parsed<Schema> : undefined;

/** What a controller gets: the request's parts, validated and typed by the route's own schemas. */
export interface InputOf<Facts extends RouteFacts> {
  readonly params: Part<Facts, 'params'>;
  readonly query: Part<Facts, 'query'>;
  readonly headers: Part<Facts, 'headers'>;
  readonly body: Part<Facts, 'body'>;
}

/** What a controller must answer. */
export type AnswerOf<Facts extends RouteFacts> = Facts extends { readonly answer: infer Schema }
  ? Schema extends z.ZodType
    ? z.output<Schema>
    : undefined
  : undefined;

/** The prefix of every route; the version is in the name. */
export const API_PREFIX = '/api/v1';

/** Defines a route and keeps its exact type. */
export function defineRoute<const Facts extends RouteFacts>(facts: Facts): Facts {
  return facts;
}

/** The path as Express writes it: `/api/v1/people/:id`. */
export function expressPath(route: RouteFacts): string {
  return API_PREFIX + route.path.replaceAll(/\{([a-z]+)\}/gi, ':$1');
}

/** Whether a request's path (without its query) is this route's. */
export function matchesPath(route: RouteFacts, path: string): boolean {
  const pattern = (API_PREFIX + route.path).split('/');
  const parts = path.split('/');
  if (pattern.length !== parts.length) return false;
  return pattern.every((expected, index) => {
    const part = parts[index] ?? '';
    return expected.startsWith('{') ? part !== '' : expected === part;
  });
}
