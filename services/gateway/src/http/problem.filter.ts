import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from '@latchkey/runtime';
import type { Request, Response } from 'express';
import { correlationOf } from './correlation.middleware.js';
import { type Problem, problemBody } from './problem.js';
import { toProblem } from './to-problem.js';

/** Turns whatever was thrown into a problem document; nothing else answers an error. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = toProblem(thrown, request);
    const correlationId = correlationOf(response);
    this.#report(problem, thrown, { correlationId, method: request.method, path: request.path });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response
      .status(problem.status)
      .set(problem.facts.headers ?? {})
      .set('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(problem, correlationId)));
  }

  #report(problem: Problem, thrown: unknown, facts: Readonly<Record<string, string>>): void {
    const fields = { ...facts, errorCode: problem.code, status: problem.status };
    if (problem.status >= 500) this.#log.error({ ...fields, err: thrown }, 'request failed');
    else this.#log.debug(fields, 'request refused');
  }
}
