import { allKeys, type Held } from '@latchkey/runtime';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type Caller, noteCaller, tokenHolder } from '../access/caller.js';
import { cookieOf } from '../access/cookie.pure.js';
import { addressOf, isSecure } from '../access/session-cookie.js';
import type { Sessions } from '../access/sessions.js';
import { bearerOf, isToken } from './bearer.pure.js';
import { correlationOf } from './correlation.middleware.js';
import type { FailedTries } from './failed-tries.js';
import { Problem } from './problem.js';

/** What the guard knows. */
export interface GuardFacts {
  readonly digests: Held<Uint8Array>;
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
/** What is still being answered ends within 5 s of its session: so often it is looked, and a look takes a call at most. */
const LOOK_AGAIN_MS = 2_000;

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
  const cookie = cookieOf(request.get('cookie'), isSecure(request, facts.publicOrigin));
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
  // A browser opens a stream by itself, again and again.
  const isStream = request.get('accept') === 'text/event-stream';
  const active = !isStream && request.get(SCRIPT_HEADER) !== 'background';
  const caller = await sessions.find(cookie, { correlationId, active });
  const isOver = async () =>
    (await sessions.find(cookie, { correlationId, active: false })) === null;
  // Whatever was asked for: which answers go on and on is for the routes to know.
  if (caller) endWith(response, isOver);
  return caller;
}

/** Ends what is still being answered once its session is over. */
function endWith(response: Response, isOver: () => Promise<boolean>): void {
  // Whoever asked may have gone meanwhile: then no `close` comes any more.
  if (response.closed) return;
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      if (await isOver()) response.destroy();
    } catch {
      // It cannot be told now; the next look may tell.
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), LOOK_AGAIN_MS);
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

function requireToken({ digests, tries }: GuardFacts, request: Request): void {
  const token = bearerOf(request.get('authorization'));
  if (token !== undefined && allKeys(digests).some((digest) => isToken(token, digest))) return;
  if (token === undefined) throw new Problem('LK-AUTH-001', undefined, { headers: challenge });
  const waitMs = tries.add(addressOf(request), performance.now());
  if (waitMs === 0) throw new Problem('LK-AUTH-002', undefined, { headers: challenge });
  const waitS = Math.ceil(waitMs / 1000);
  throw new Problem('LK-AUTH-003', `Try again in ${waitS} s.`, {
    headers: { 'Retry-After': String(waitS) },
  });
}
