import { errorCodes } from '@latchkey/contracts';
import { Failure } from '@latchkey/runtime';
import { HttpException } from '@nestjs/common';
import type { Request } from 'express';
import { MulterError } from 'multer';
import { routes } from '../route-table.js';
import { Problem } from './problem.js';
import { matchesPath } from './route.js';

/** Whatever was thrown while a request was answered, as a problem. What is unexpected keeps its words to the log. */
export function toProblem(thrown: unknown, request: Pick<Request, 'method' | 'path'>): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof Failure) return ofFailure(thrown);
  if (thrown instanceof MulterError) return ofMulter(thrown);
  if (thrown instanceof HttpException && thrown.getStatus() === 404) return noPage(request);
  const status = statusOf(thrown);
  if (status === 413) return new Problem('LK-REQ-002', undefined, { cause: thrown });
  if (status !== undefined && status >= 400 && status < 500) {
    return new Problem('LK-REQ-001', messageOf(thrown), { cause: thrown });
  }
  return unexpected(thrown);
}

function ofFailure(failure: Failure): Problem {
  if (failure.code === 'LK-INT-001') return unexpected(failure);
  const { retryAfterMs } = failure;
  const headers: Record<string, string> =
    retryAfterMs === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)) };
  return new Problem(failure.code, failure.message, { headers, cause: failure });
}

function ofMulter(error: MulterError): Problem {
  if (error.code === 'LIMIT_FILE_SIZE') return new Problem('LK-REQ-002', error.message);
  return new Problem('LK-REQ-001', `The form must hold one file named sample: ${error.message}.`);
}

function noPage({ method, path }: Pick<Request, 'method' | 'path'>): Problem {
  const allowed = routes
    .filter((route) => matchesPath(route, path))
    .map((route) => route.method.toUpperCase());
  if (allowed.length === 0) return new Problem('LK-REQ-003', `There is nothing at ${path}.`);
  return new Problem('LK-REQ-004', `${path} does not take ${method}.`, {
    headers: { Allow: allowed.join(', ') },
  });
}

function unexpected(cause: unknown): Problem {
  return new Problem('LK-INT-001', errorCodes['LK-INT-001'].title, { cause });
}

/** The status that Express's body parsers and Nest put on their errors. */
function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (!(thrown instanceof Error) || !('status' in thrown)) return undefined;
  return typeof thrown.status === 'number' ? thrown.status : undefined;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : errorCodes['LK-REQ-001'].title;
}
