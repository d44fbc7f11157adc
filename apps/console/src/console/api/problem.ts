import type { ProblemDocument } from '@latchkey/gateway/api';

/** What the gateway refused, or that it could not be reached (`code` is then `offline`). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: string;
  readonly status: number;
  readonly action: string;
  /** Each fault by its field: `email`, `settings.name`. */
  readonly faults: ReadonlyMap<string, string>;

  constructor(facts: Pick<ProblemDocument, 'detail' | 'code' | 'status' | 'action' | 'faults'>) {
    super(withoutEnd(facts.detail, facts.action));
    this.code = facts.code;
    this.status = facts.status;
    this.action = facts.action;
    this.faults = new Map(
      facts.faults?.map(({ field, message }) => [
        field.replace(/^(body|query|params)\./, ''),
        message,
      ]),
    );
  }
}

/** What happened, without what to do where that is said at its end: it is said beside it. */
function withoutEnd(detail: string, action: string): string {
  const isSaid = detail.length > action.length && detail.endsWith(action);
  return isSaid ? detail.slice(0, -action.length).trim() : detail;
}

/** What is said when no answer came. */
export function offline(): ApiProblem {
  return new ApiProblem({
    detail: 'Latchkey could not be reached.',
    code: 'offline',
    status: 0,
    action: 'Check the connection, then try again.',
  });
}

/** An answer that is no problem document: something between this page and the gateway made it. */
export function unreadable(status: number): ApiProblem {
  return new ApiProblem({
    detail: `The answer could not be read (HTTP ${status}).`,
    code: 'unreadable',
    status,
    action: 'Try again; if it stays so, look at what stands before the gateway.',
  });
}
