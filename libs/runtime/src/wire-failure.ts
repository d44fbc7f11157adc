import { errorCodes } from '@latchkey/contracts';
import { z } from 'zod';
import { Failure, type FailureKind } from './failure.js';

/** A failure as it travels from the one who answers to the one who asked: no stack, no cause, no details. */
export const wireFailure = z.object({
  code: z.string(),
  kind: z.enum(['retryable', 'terminal', 'benign']).catch('terminal'),
  message: z.string().max(2_000),
  retryAfterMs: z.number().int().nonnegative().optional(),
});
export type WireFailure = z.infer<typeof wireFailure>;

/** What the asker is told. An unexpected fault's own words stay here: they may hold what others must not read. */
export function toWire(failure: Failure): WireFailure {
  const { code, kind, retryAfterMs } = failure;
  const facts = errorCodes[code];
  const message =
    code === 'LK-INT-001' ? `${facts.title} ${facts.action}` : failure.message.slice(0, 2_000);
  return { code, kind, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** The failure that the answer tells of; a code of a newer version becomes LK-INT-001 with its message. */
export function fromWire(wire: WireFailure, cause?: unknown): Failure {
  const code = isErrorCode(wire.code) ? wire.code : 'LK-INT-001';
  const kind: FailureKind = wire.kind;
  return Failure[kind](code, wire.message, { retryAfterMs: wire.retryAfterMs, cause });
}

export function isErrorCode(code: string): code is keyof typeof errorCodes {
  return Object.hasOwn(errorCodes, code);
}
