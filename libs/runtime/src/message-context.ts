import { headers, type MsgHdrs } from '@nats-io/nats-core';
import type { Logger } from './logger.js';

/** The header that carries the correlation id beside the payload. */
export const CORRELATION_HEADER = 'Lk-Correlation';
/** The header of an answer that is a failure: its code; the payload is the failure. */
export const CODE_HEADER = 'Lk-Code';

/** What a handler is told of a message beside its content. */
export interface MessageContext<Params = Readonly<Record<string, string>>> {
  readonly subject: string;
  /** What fills the tokens of the subject, e.g. `door`. */
  readonly params: Params;
  readonly correlationId: string;
  /** When the broker stored it (its clock), or when it came, by the broker's clock, where no stream holds it. */
  readonly storedAtMs: number;
  /** How often it has been delivered, this time included. */
  readonly deliveries: number;
  /** A logger that adds `correlationId` to each line. */
  readonly log: Logger;
  /** The message's headers. */
  header(name: string): string | undefined;
  /** Asks the broker for more time. Runtime does so by itself while a handler runs. */
  working(): void;
}

/** Headers with the correlation id, if there is one. */
export function correlated(correlationId: string | undefined): MsgHdrs {
  const head = headers();
  if (correlationId) head.set(CORRELATION_HEADER, correlationId);
  return head;
}

/** A header's value, or undefined where it is missing. */
export function headerOf(head: MsgHdrs | undefined, name: string): string | undefined {
  return head?.get(name) || undefined;
}
