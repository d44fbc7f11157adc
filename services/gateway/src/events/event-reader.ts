import { type CloudEvent, EventParseError, parseEnvelope } from '@latchkey/contracts';
import { type Bus, Failure } from '@latchkey/runtime';
import { type Consumer, DeliverPolicy, type JsMsg, type StreamState } from '@nats-io/jetstream';
import { type EventStream, eventStreams, type Positions } from './cursor.pure.js';
import {
  type EventFilter,
  isUntold,
  isWanted,
  subjectFor,
  untoldSubjectFor,
} from './event-filter.pure.js';
import { type Found, mergePage, type Page } from './merge-page.pure.js';

const FETCH_MS = 5_000;

/**
 * A page of events from the three streams, merged by the time at which the broker stored them. All that was stored before
 * the call is in it or on the pages after it, in that order.
 * @throws Failure LK-BUS-00x, retryable, where the broker is away.
 */
export async function readPage(
  bus: Bus,
  filter: EventFilter,
  from: Positions,
  limit: number,
): Promise<Page> {
  try {
    // All are asked before any is read: so nothing that one stores while another is read comes before its time.
    const states = await Promise.all(
      eventStreams.map(async (stream) => (await bus.jsm.streams.info(stream)).state),
    );
    const found = await Promise.all(
      eventStreams.map((stream, at) => {
        const end = (states[at]?.last_seq ?? 0) + 1;
        return readStream(bus, { stream, items: [], pending: 0, end }, filter, from, limit);
      }),
    );
    return mergePage(found, limit, Math.max(...states.map(lastStoredMs)));
  } catch (error) {
    throw awayFailure(error);
  }
}

/** Reads at most `limit` events of one stream. What may not be told counts nowhere: neither for a page nor as waiting. */
async function readStream(
  bus: Bus,
  nothing: Found,
  filter: EventFilter,
  from: Positions,
  limit: number,
): Promise<Found> {
  // Asked first: of what is stored in between, too much is taken to be told, and nothing is passed over.
  let untold = await untoldWaiting(bus, nothing.stream, filter, from);
  const consumer = await openConsumer(bus, nothing.stream, filter, from);
  if (!consumer) return nothing;
  try {
    let { num_pending: pending } = await consumer.info(true);
    const items: Found['items'][number][] = [];
    while (items.length < limit && pending > Math.max(0, untold)) {
      const messages = await fetchMessages(consumer, Math.min(limit - items.length, pending));
      for (const message of messages) {
        pending -= 1;
        const event = readMessage(message);
        if (isUntold(event, filter)) untold -= 1;
        else items.push(itemOf(message, event, filter));
      }
    }
    return { ...nothing, items, pending: pending - Math.max(0, untold) };
  } finally {
    await consumer.delete();
  }
}

/** How many messages wait from there on that a reader is handed and must not tell of. */
async function untoldWaiting(
  bus: Bus,
  stream: EventStream,
  filter: EventFilter,
  from: Positions,
): Promise<number> {
  const subject = untoldSubjectFor(stream, filter);
  if (subject === null) return 0;
  const consumer = await openConsumerOf(bus, stream, subject, from);
  try {
    return (await consumer.info(true)).num_pending;
  } finally {
    await consumer.delete();
  }
}

async function fetchMessages(consumer: Consumer, count: number): Promise<JsMsg[]> {
  const found: JsMsg[] = [];
  const messages = await consumer.fetch({ max_messages: count, expires: FETCH_MS });
  for await (const message of messages) {
    found.push(message);
    if (found.length >= count) break;
  }
  // What waits and does not come would be passed over.
  if (found.length === 0) throw Failure.retryable('LK-BUS-003');
  return found;
}

function itemOf(message: JsMsg, event: CloudEvent | null, filter: EventFilter) {
  const isTold = event !== null && isWanted(event, filter);
  return { seq: message.seq, timeMs: storedMs(message), event: isTold ? event : null };
}

/** An ordered consumer of what is wanted of a stream, or null where nothing there can be. */
export async function openConsumer(
  bus: Bus,
  stream: EventStream,
  filter: EventFilter,
  from: Positions,
): Promise<Consumer | null> {
  const subject = subjectFor(stream, filter);
  return subject === null ? null : await openConsumerOf(bus, stream, subject, from);
}

async function openConsumerOf(
  bus: Bus,
  stream: EventStream,
  subject: string,
  from: Positions,
): Promise<Consumer> {
  return await bus.js.consumers.get(stream, {
    filter_subjects: subject,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: from[stream],
  });
}

/** The event in a message, as it is; null where it is none, which a stream of ours does not hold. */
export function readMessage(message: JsMsg): CloudEvent | null {
  try {
    return parseEnvelope(message.data);
  } catch (error) {
    if (error instanceof EventParseError) return null;
    throw error;
  }
}

/** The positions right after the newest event of each stream. */
export async function newestPositions(bus: Bus): Promise<Positions> {
  return await eachStream(
    async (stream) => (await bus.jsm.streams.info(stream)).state.last_seq + 1,
  );
}

/** The positions of the first events that were stored at that moment or later. */
export async function positionsSince(bus: Bus, sinceMs: number): Promise<Positions> {
  return await eachStream(async (stream) => {
    const consumer = await bus.js.consumers.get(stream, {
      deliver_policy: DeliverPolicy.StartTime,
      opt_start_time: new Date(sinceMs).toISOString(),
    });
    try {
      // A consumer that has delivered nothing yet stands right before its first message.
      return (await consumer.info()).delivered.stream_seq + 1;
    } finally {
      await consumer.delete();
    }
  });
}

async function eachStream(find: (stream: EventStream) => Promise<number>): Promise<Positions> {
  try {
    const [ACCESS, ALARMS, REGISTRY] = await Promise.all([
      find('ACCESS'),
      find('ALARMS'),
      find('REGISTRY'),
    ]);
    return { ACCESS, ALARMS, REGISTRY };
  } catch (error) {
    throw awayFailure(error);
  }
}

/** When the broker stored a message, in milliseconds since 1970. */
function storedMs(message: JsMsg): number {
  return message.info.timestampNanos / 1e6;
}

/** When a stream's newest message was stored: by the same digits, and so the same rounding, as `storedMs`. */
function lastStoredMs({ last_ts: time }: StreamState): number {
  const [, fraction = ''] = /\.(\d+)/.exec(time) ?? [];
  const seconds = Math.floor(Date.parse(time) / 1_000);
  return Number(`${seconds}${fraction.padEnd(9, '0')}`) / 1e6;
}

export function awayFailure(cause: unknown): Failure {
  if (cause instanceof Failure) return cause;
  return Failure.retryable('LK-BUS-001', undefined, { cause });
}
