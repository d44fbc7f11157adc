import type { Answer, Body, Params, ProblemDocument, Query, RouteId } from '@latchkey/gateway/api';
import { routes } from 'virtual:api-facts';
import { isActive } from './activity.js';
import { ApiProblem, offline, unreadable } from './problem.js';

const PREFIX = '/api/v1';

type Part<Key extends string, Value> = Value extends undefined
  ? { readonly [key in Key]?: undefined }
  : { readonly [key in Key]: Value };
type QueryPart<Value> = { readonly query?: Value };

/** What one call takes: the route's own parts, and what HTTP adds. */
export type CallOf<Id extends RouteId> = Part<'params', Params<Id>> &
  Part<'body', Body<Id>> &
  QueryPart<Query<Id>> & {
    /** The version that was read: the change is refused where another has changed it meanwhile. */
    readonly ifMatch?: number;
    /** Goes out even where the page is closed meanwhile. */
    readonly keepalive?: boolean;
    readonly signal?: AbortSignal;
  };

/** Anything that goes out: what types say of it is checked where it is called. */
interface Sent {
  readonly params?: object | undefined;
  readonly query?: object | undefined;
  readonly body?: unknown;
  readonly ifMatch?: number | undefined;
  readonly keepalive?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The address of a route, for pictures and live streams. */
export function addressOf(id: RouteId, { params = {}, query = {} }: Sent = {}): string {
  const path = routes[id][1].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(Object.entries(params).find(([key]) => key === name)?.[1] ?? '')),
  );
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
  return `${PREFIX}${path}${search.size > 0 ? `?${search}` : ''}`;
}

/** Sends a request of a route; a picture goes as it is, all else as JSON. @throws ApiProblem */
async function send(id: RouteId, sent: Sent): Promise<Response> {
  const { body, ifMatch, keepalive = false, signal } = sent;
  const isPicture = body instanceof Blob;
  const headers = new Headers({
    accept: 'application/json',
    'x-latchkey': isActive() ? '1' : 'background',
  });
  if (body !== undefined) {
    headers.set('content-type', isPicture ? body.type : 'application/json');
  }
  if (ifMatch !== undefined) headers.set('if-match', `"${ifMatch}"`);
  let response: Response;
  try {
    response = await fetch(addressOf(id, sent), {
      method: routes[id][0],
      headers,
      credentials: 'same-origin',
      keepalive,
      signal: signal ?? null,
      body: body === undefined ? null : isPicture ? body : JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw offline();
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => undefined)) as ProblemDocument | undefined;
  throw problem?.code ? new ApiProblem(problem) : unreadable(response.status);
}

/** Calls a route. @throws ApiProblem */
export async function call<Id extends RouteId>(id: Id, sent: CallOf<Id>): Promise<Answer<Id>> {
  const response = await send(id, sent);
  if (response.status === 204) return undefined as Answer<Id>;
  return (await read(response, sent, () => response.json())) as Answer<Id>;
}

/** Fetches what isn't JSON: a picture, a list to be saved. @throws ApiProblem */
export async function fetchBlob(id: RouteId, sent: Sent): Promise<Blob> {
  const response = await send(id, sent);
  return await read(response, sent, () => response.blob());
}

/** Reads an answer to its end, which may not come. @throws ApiProblem */
async function read<Body>(
  { status }: Response,
  { signal }: Sent,
  body: () => Promise<Body>,
): Promise<Body> {
  try {
    return await body();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw error instanceof SyntaxError ? unreadable(status) : offline();
  }
}

/** Whether a route answers; what it says is not waited for. @throws ApiProblem */
export async function check(id: RouteId, sent: Sent): Promise<void> {
  const response = await send(id, sent);
  await response.body?.cancel();
}
