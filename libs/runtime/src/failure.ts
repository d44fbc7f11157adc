import { type ErrorCode, errorCodes } from '@latchkey/contracts';

/** `retryable`: the same again may succeed; `terminal`: never; `benign`: nothing is wrong, there is nothing to do. */
export type FailureKind = 'retryable' | 'terminal' | 'benign';

/** What else is known of a failure. `details` is logged (redacted) and must hold no secret. */
export interface FailureFacts {
  readonly retryAfterMs?: number | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

/** The one class of failures. Its message says what was expected, what came and what to do. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: ErrorCode;
  readonly kind: FailureKind;
  readonly retryAfterMs: number | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  private constructor(kind: FailureKind, code: ErrorCode, message: string, facts: FailureFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = facts.retryAfterMs;
    this.details = facts.details;
  }

  /** The same again may succeed, e.g. something that is needed is away. */
  static retryable(code: ErrorCode, message = titleOf(code), facts: FailureFacts = {}): Failure {
    return new Failure('retryable', code, message, facts);
  }

  /** The same again will fail again. */
  static terminal(code: ErrorCode, message = titleOf(code), facts: FailureFacts = {}): Failure {
    return new Failure('terminal', code, message, facts);
  }

  /** Nothing is wrong; the message is done with, e.g. it comes too late to matter. */
  static benign(code: ErrorCode, message = titleOf(code), facts: FailureFacts = {}): Failure {
    return new Failure('benign', code, message, facts);
  }
}

/** Whatever was thrown, as a failure: what isn't one yet is an unexpected fault that may pass (`LK-INT-001`). */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return Failure.retryable('LK-INT-001', message, { cause: thrown });
}

function titleOf(code: ErrorCode): string {
  return `${errorCodes[code].title} ${errorCodes[code].action}`;
}
