import type { Bus } from '@latchkey/runtime';
import { DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
import { awayFailure } from '../events/event-reader.js';

const FETCH_MS = 5_000;

/** What is read of one stream. */
export interface SequenceQuery {
  readonly stream: string;
  readonly subject: string;
  /** The sequence number to begin at. */
  readonly from: number;
  readonly limit: number;
  /** Only headers are wanted: the broker then keeps the payloads to itself. */
  readonly headersOnly?: boolean;
}

/** A page of one stream's messages in their order, and the cursor of the next page, null where there is none yet. */
export async function readSequence(
  bus: Bus,
  query: SequenceQuery,
): Promise<{ messages: JsMsg[]; next: string | null }> {
  try {
    const consumer = await bus.js.consumers.get(query.stream, {
      filter_subjects: [query.subject],
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: query.from,
      headers_only: query.headersOnly ?? false,
    });
    try {
      const { num_pending: pending } = await consumer.info(true);
      const count = Math.min(pending, query.limit);
      const messages: JsMsg[] = [];
      if (count === 0) return { messages, next: null };
      for await (const message of await consumer.fetch({
        max_messages: count,
        expires: FETCH_MS,
      })) {
        messages.push(message);
        if (messages.length >= count) break;
      }
      const last = messages.at(-1);
      const next = last && pending > messages.length ? String(last.seq + 1) : null;
      return { messages, next };
    } finally {
      await consumer.delete();
    }
  } catch (error) {
    throw awayFailure(error);
  }
}
