import { deadHeaders, deadSubject, paramsOf } from '@latchkey/contracts';
import type { DeadLetter } from './operations.schemas.js';

/** What is known of a stored dead letter without looking into it. */
export interface StoredLetter {
  readonly seq: number;
  readonly subject: string;
  readonly timeMs: number;
  readonly sizeBytes: number;
  /** A header's value, empty where it is missing. */
  header(name: string): string;
}

const CORRELATION = 'Lk-Correlation';
/** Says how large a message is whose headers alone were asked for. */
export const MESSAGE_SIZE = 'Nats-Msg-Size';

/** A dead letter as the API tells of it: where it comes from and why, never what is in it. */
export function toDeadLetter(letter: StoredLetter): DeadLetter {
  const { stream, consumer } = paramsOf(deadSubject, letter.subject) ?? {
    stream: '',
    consumer: '',
  };
  const text = (name: string) => letter.header(name) || null;
  const count = (name: string) => {
    const value = letter.header(name);
    return /^\d+$/.test(value) ? Number(value) : null;
  };
  return {
    id: letter.seq,
    stream,
    consumer,
    event: text(deadHeaders.id),
    subject: text(deadHeaders.subject),
    sequence: count(deadHeaders.sequence),
    deliveries: count(deadHeaders.deliveries),
    code: text(deadHeaders.code),
    reason: text(deadHeaders.reason),
    correlationId: text(CORRELATION),
    sizeBytes: letter.sizeBytes,
    at: new Date(letter.timeMs).toISOString(),
  };
}
