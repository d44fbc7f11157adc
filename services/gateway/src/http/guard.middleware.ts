import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { bearerOf, isToken } from './bearer.pure.js';
import type { FailedTries } from './failed-tries.pure.js';
import { Problem } from './problem.js';

/** What the guard knows. */
export interface GuardFacts {
  readonly digest: Uint8Array;
  readonly tries: FailedTries;
  /** The paths that need no token. */
  readonly open: readonly string[];
}

const challenge = { 'WWW-Authenticate': 'Bearer realm="latchkey"' };

/**
 * Lets only holders of the operator's token through, whatever the path: only the open pages, letter by letter, need none.
 * It stands before the body is read, so that nobody else
 * can make the gateway read one.
 */
export function guardWith(facts: GuardFacts): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction) => {
    if (facts.open.includes(request.path)) next();
    else next(refusalOf(facts, request));
  };
}

function refusalOf({ digest, tries }: GuardFacts, request: Request): Problem | undefined {
  const token = bearerOf(request.get('authorization'));
  if (token !== undefined && isToken(token, digest)) return undefined;
  if (token === undefined) return new Problem('LK-AUTH-001', undefined, { headers: challenge });
  const waitMs = tries.add(request.socket.remoteAddress ?? 'unknown', performance.now());
  if (waitMs === 0) return new Problem('LK-AUTH-002', undefined, { headers: challenge });
  const waitS = Math.ceil(waitMs / 1000);
  return new Problem('LK-AUTH-003', `Try again in ${waitS} s.`, {
    headers: { 'Retry-After': String(waitS) },
  });
}
