import { type ErrorCode, errorCodes } from '@latchkey/contracts';
import { z } from 'zod';
import { API_PREFIX } from './route.js';

/** What is wrong with one field of a request. */
const fault = z.object({
  field: z.string().meta({ description: 'Where: `body.email`, `query.limit`.' }),
  message: z.string(),
});
export type Fault = z.infer<typeof fault>;

/** Every error's body: RFC 9457 problem details, with our stable code. */
export const problemDocument = z
  .object({
    type: z.string().meta({ description: 'Where the code is explained.' }),
    title: z.string().meta({ description: 'What happened.' }),
    status: z.int().min(400).max(599),
    code: z.string().meta({ description: 'The stable error code.', examples: ['LK-PER-002'] }),
    detail: z.string().meta({ description: 'What was expected and what came.' }),
    action: z.string().meta({ description: 'What to do.' }),
    faults: z.array(fault).optional().meta({ description: 'Each fault of the request.' }),
    correlationId: z.string().meta({ description: 'Names this request in the logs.' }),
  })
  .meta({ id: 'Problem' });
export type ProblemDocument = z.infer<typeof problemDocument>;

/** What else an answer of a problem carries. */
export interface ProblemFacts {
  /** Where HTTP has a more exact status than the code's own. */
  readonly status?: number;
  readonly faults?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A refusal that HTTP needs more said of than a failure's code and message. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ErrorCode;
  readonly facts: ProblemFacts;

  constructor(code: ErrorCode, detail: string = errorCodes[code].title, facts: ProblemFacts = {}) {
    super(detail, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.facts = facts;
  }

  get status(): number {
    return this.facts.status ?? errorCodes[this.code].http;
  }
}

/** The body of a problem's answer. */
export function problemBody(problem: Problem, correlationId: string): ProblemDocument {
  const { title, action } = errorCodes[problem.code];
  return {
    type: `${API_PREFIX}/docs#${problem.code}`,
    title,
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    action,
    ...(problem.facts.faults ? { faults: [...problem.facts.faults] } : {}),
    correlationId,
  };
}
