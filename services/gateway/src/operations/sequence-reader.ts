import type { Bus } from '@latchkey/runtime';
import { DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
import { awayFailure } from '../events/event-reader.js';

const FETCH_MS = 5_000;
/** A span that holds more than so many times what is wanted is not read but halved. */
const MOST_SPARE = 4;

/** What is read of one stream. */
export interface SequenceQuery {
  readonly stream: string;
  readonly subject: string;
  /** Only what lies before this sequence number; without it, from the newest on. */
  readonly before?: number | undefined;
  readonly limit: number;
  /** Only headers are wanted: the broker then keeps the payloads to itself. */
  readonly headersOnly?: boolean;
}

/** Sequence numbers from the first up to, and without, the end; and how many messages lie from the end on. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly beyond: number;
}

/**
 * A page of one stream's messages, the newest first, and the cursor of the next page, null where there is none. The broker
 * reads forwards only, so this reads span by span, back from the end: what it costs follows the page, not the stream.
 */
export async function readBackwards(
  bus: Bus,
  query: SequenceQuery,
): Promise<{ messages: JsMsg[]; next: string | null }> {
  try {
    const { state } = await bus.jsm.streams.info(query.stream);
    const oldest = Math.max(1, state.first_seq);
    const newest = state.last_seq + 1;
    let end = Math.min(query.before ?? newest, newest);
    let beyond =
      end < newest ? (await readSpan(bus, query, { start: end, end, beyond: 0 })).count : 0;
    const found: JsMsg[] = [];
    for (let size = query.limit; found.length < query.limit && end > oldest; ) {
      const start = Math.max(oldest, end - size);
      const { messages, count } = await readSpan(bus, query, { start, end, beyond });
      if (messages === null) {
        size = Math.ceil(size / 2);
        continue;
      }
      found.push(...messages.toReversed());
      [end, beyond, size] = [start, count, size * 2];
    }
    const messages = found.slice(0, query.limit);
    const last = messages.at(-1)?.seq ?? oldest;
    const hasMore = found.length > messages.length || end > oldest;
    return { messages, next: hasMore ? String(last) : null };
  } catch (error) {
    throw awayFailure(error);
  }
}

/** The messages of a span, null where they are too many; and how many lie from its start on. */
async function readSpan(
  bus: Bus,
  query: SequenceQuery,
  { start, end, beyond }: Span,
): Promise<{ messages: JsMsg[] | null; count: number }> {
  const consumer = await bus.js.consumers.get(query.stream, {
    filter_subjects: query.subject,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: start,
    headers_only: query.headersOnly ?? false,
  });
  try {
    const { num_pending: count } = await consumer.info(true);
    const here = count - beyond;
    const messages: JsMsg[] = [];
    if (here <= 0 || start === end) return { messages, count };
    if (here > query.limit * MOST_SPARE) return { messages: null, count };
    for await (const message of await consumer.fetch({ max_messages: here, expires: FETCH_MS })) {
      if (message.seq < end) messages.push(message);
      if (message.seq >= end - 1 || messages.length >= here) break;
    }
    return { messages, count };
  } finally {
    await consumer.delete();
  }
}
