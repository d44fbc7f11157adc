import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type Caller, noteCaller, tokenHolder } from '../access/caller.js';
import { cookieOf } from '../access/cookie.pure.js';
import type { Sessions } from '../access/sessions.js';
import { bearerOf, isToken } from './bearer.pure.js';
import { correlationOf } from './correlation.middleware.js';
import type { FailedTries } from './failed-tries.pure.js';
import { Problem } from './problem.js';

/** What the guard knows. */
export interface GuardFacts {
  readonly digest: Uint8Array;
  readonly tries: FailedTries;
  readonly sessions: Pick<Sessions, 'find'>;
  /** The paths that need nobody to be signed in. */
  readonly open: readonly string[];
  /** Where the console is reached from outside, if that is another address than here. */
  readonly publicOrigin: string | undefined;
}

const challenge = { 'WWW-Authenticate': 'Bearer realm="latchkey"' };
/** What only scripts of the same origin can send; `background`: nobody did anything, it is a page that keeps itself new. */
const SCRIPT_HEADER = 'X-Latchkey';
const readers = ['GET', 'HEAD'];
/** How soon a stream that is open ends after its session did. */
const LOOK_AGAIN_MS = 5_000;

/**
 * Lets only operators through, whatever the path: only the open pages, letter by letter, need nobody to be signed in.
 * It stands before the body is read, so that nobody else can make the gateway read one. What an operator may do is for
 * the role guard to say, which knows the route.
 */
export function guardWith(facts: GuardFacts): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction) => {
    await letThrough(facts, request, response);
    next();
  };
}

async function letThrough(facts: GuardFacts, request: Request, response: Response): Promise<void> {
  // Who names a token is judged by it alone, though a browser may add its cookie.
  if (request.get('authorization')) {
    requireToken(facts, request);
    noteCaller(request, tokenHolder);
    return;
  }
  const nobody = new Problem('LK-AUTH-001', undefined, { headers: challenge });
  const isOpen = facts.open.includes(request.path);
  const cookie = cookieOf(request.get('cookie'));
  if (cookie === undefined && !isOpen) throw nobody;
  if (!readers.includes(request.method)) requireOwnPage(facts, request);
  // Whoever signs in anew may do so whatever became of the session before.
  if (cookie === undefined || isOpen) return;
  const caller = await find(facts, cookie, request, response);
  if (!caller) throw nobody;
  noteCaller(request, caller);
}

async function find(
  { sessions }: GuardFacts,
  cookie: string,
  request: Request,
  response: Response,
): Promise<Caller | null> {
  const correlationId = correlationOf(response);
  const isStream = request.get('accept') === 'text/event-stream';
  const active = !isStream && request.get(SCRIPT_HEADER) !== 'background';
  const caller = await sessions.find(cookie, { correlationId, active });
  if (caller && isStream) {
    const isOver = async () =>
      (await sessions.find(cookie, { correlationId, active: false })) === null;
    endWith(response, isOver);
  }
  return caller;
}

/** Ends what is still being answered once its session is over. */
function endWith(response: Response, isOver: () => Promise<boolean>): void {
  const timer = setInterval(() => {
    isOver().then(
      (over) => over && response.destroy(),
      // It cannot be told now; the next look may tell.
      () => undefined,
    );
  }, LOOK_AGAIN_MS);
  response.once('close', () => clearInterval(timer));
}

/** A page elsewhere can make a browser send its cookie along, but no header of ours, and not under our origin. */
function requireOwnPage({ publicOrigin }: GuardFacts, request: Request): void {
  const origin = request.get('origin');
  const isOurs =
    origin === undefined || origin === publicOrigin || hostOf(origin) === request.get('host');
  if (!request.get(SCRIPT_HEADER) || !isOurs) throw new Problem('LK-AUTH-005');
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function requireToken({ digest, tries }: GuardFacts, request: Request): void {
  const token = bearerOf(request.get('authorization'));
  if (token !== undefined && isToken(token, digest)) return;
  if (token === undefined) throw new Problem('LK-AUTH-001', undefined, { headers: challenge });
  const waitMs = tries.add(request.socket.remoteAddress ?? 'unknown', performance.now());
  if (waitMs === 0) throw new Problem('LK-AUTH-002', undefined, { headers: challenge });
  const waitS = Math.ceil(waitMs / 1000);
  throw new Problem('LK-AUTH-003', `Try again in ${waitS} s.`, {
    headers: { 'Retry-After': String(waitS) },
  });
}
