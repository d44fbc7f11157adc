import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { errorCodes } from '@latchkey/contracts';
import { Failure, toFailure } from './failure.js';
import { fromWire, toWire, wireFailure } from './wire-failure.js';

const CODE_KEY = 'lk-code';
const KIND_KEY = 'lk-kind';
const RETRY_KEY = 'lk-retry-after-ms';

/** What was thrown as a gRPC error: its status from the table of codes, never UNKNOWN, the rest in the trailers. */
export function toServiceError(
  thrown: unknown,
): Pick<ServiceError, 'code' | 'details' | 'metadata'> {
  const failure = toFailure(thrown);
  const wire = toWire(failure);
  const metadata = new Metadata();
  metadata.set(CODE_KEY, wire.code);
  metadata.set(KIND_KEY, wire.kind);
  if (wire.retryAfterMs !== undefined) metadata.set(RETRY_KEY, String(wire.retryAfterMs));
  return { code: status[errorCodes[failure.code].grpc], details: wire.message, metadata };
}

/** The failure that a gRPC error tells of; one without our code is the transport's own. */
export function fromServiceError(error: ServiceError, method: string): Failure {
  const text = (key: string): string | undefined => error.metadata?.get(key)[0]?.toString();
  const code = text(CODE_KEY);
  if (code === undefined) return transportFailure(error, method);
  const retryAfterMs = text(RETRY_KEY);
  const wire = wireFailure.safeParse({
    code,
    kind: text(KIND_KEY),
    message: error.details,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs: Number(retryAfterMs) }),
  });
  return wire.success ? fromWire(wire.data, error) : transportFailure(error, method);
}

/** Statuses after which the same call may succeed (grpc.io, Status codes and their use). */
const PASSING: readonly number[] = [
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.ABORTED,
  status.RESOURCE_EXHAUSTED,
  status.CANCELLED,
];

/** What Node and OpenSSL say where one side does not take the other's certificate. */
const CERTIFICATE_REFUSED = /ERR_TLS|certificate|self.signed|SSL alert/i;

function transportFailure(error: ServiceError, method: string): Failure {
  if (error.code === status.UNAVAILABLE && CERTIFICATE_REFUSED.test(error.details)) {
    // It may pass: certificates are rotated while all runs.
    return Failure.retryable(
      'LK-KEY-005',
      `${method} was not asked: one side does not take the other's certificate. See that both hold certificates of one authority, each of its own name.`,
      { cause: error },
    );
  }
  const message = `${method} got no answer: ${status[error.code] ?? error.code}. See whether the service that answers is running and ready.`;
  return PASSING.includes(error.code)
    ? Failure.retryable('LK-BUS-003', message, { cause: error })
    : Failure.terminal('LK-INT-001', message, { cause: error });
}
