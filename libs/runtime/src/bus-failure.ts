import { errors } from '@nats-io/nats-core';
import { Failure } from './failure.js';

/** What went wrong between us and the broker, as a failure: all of it may pass. */
export function busFailure(
  error: unknown,
  doing: string,
  whenNobody: 'LK-BUS-001' | 'LK-BUS-003' = 'LK-BUS-001',
): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof errors.TimeoutError) {
    return Failure.retryable('LK-BUS-003', `Nobody answered in time: ${doing}.`, { cause: error });
  }
  if (isNobodyThere(error)) {
    return Failure.retryable(whenNobody, `Nobody is there to answer: ${doing}.`, {
      cause: error,
    });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return Failure.retryable('LK-BUS-001', `${doing} failed: ${reason}`, { cause: error });
}

/** True where no one listens on the subject: no such stream, no such service. The client wraps it, once or twice. */
export function isNobodyThere(error: unknown): boolean {
  if (error instanceof errors.NoRespondersError) return true;
  return error instanceof Error && isNobodyThere(error.cause);
}
