import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

/** The header by which a caller names a request, and by which the answer repeats or gives that name. */
const CORRELATION_HEADER = 'X-Correlation-Id';
const ACCEPTABLE = /^[A-Za-z0-9._-]{1,64}$/;

/** Gives each request its correlation id: the caller's own where it is well-formed, else a new one. */
export function correlate(request: Request, response: Response, next: NextFunction): void {
  const given = request.get(CORRELATION_HEADER);
  response.set(CORRELATION_HEADER, given && ACCEPTABLE.test(given) ? given : randomUUID());
  next();
}

/** The correlation id of the request that is being answered. */
export function correlationOf(response: Response): string {
  const id = response.getHeader(CORRELATION_HEADER);
  return typeof id === 'string' ? id : '';
}
