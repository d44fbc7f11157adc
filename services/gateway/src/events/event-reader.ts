import { type CloudEvent, EventParseError, parseEnvelope } from '@latchkey/contracts';
import { type Bus, Failure } from '@latchkey/runtime';
import { type Consumer, DeliverPolicy, type JsMsg, type StreamState } from '@nats-io/jetstream';
import { type EventStream, eventStreams, type Positions } from './cursor.pure.js';
import { type EventFilter, isWanted, subjectsFor } from './event-filter.pure.js';
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

/** Reads at most `limit` events of one stream. */
async function readStream(
  bus: Bus,
  nothing: Found,
  filter: EventFilter,
  from: Positions,
  limit: number,
): Promise<Found> {
  const consumer = await openConsumer(bus, nothing.stream, filter, from);
  if (!consumer) return nothing;
  try {
    const { num_pending: pending } = await consumer.info(true);
    if (pending === 0) return nothing;
    const items = await fetchItems(consumer, filter, Math.min(limit, pending));
    // What waits and does not come would be passed over.
    if (items.length === 0) throw Failure.retryable('LK-BUS-003');
    return { ...nothing, items, pending: pending - items.length };
  } finally {
    await consumer.delete();
  }
}

async function fetchItems(consumer: Consumer, filter: EventFilter, count: number) {
  const items: Found['items'][number][] = [];
  const messages = await consumer.fetch({ max_messages: count, expires: FETCH_MS });
  for await (const message of messages) {
    const event = readMessage(message);
    const wanted = event !== null && isWanted(event, filter);
    items.push({ seq: message.seq, timeMs: storedMs(message), event: wanted ? event : null });
    if (items.length >= count) break;
  }
  return items;
}

/** An ordered consumer of what is wanted of a stream, or null where nothing there can be. */
export async function openConsumer(
  bus: Bus,
  stream: EventStream,
  filter: EventFilter,
  from: Positions,
): Promise<Consumer | null> {
  const subjects = subjectsFor(stream, filter);
  if (subjects.length === 0) return null;
  return await bus.js.consumers.get(stream, {
    filter_subjects: subjects,
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
