import {
  type CloudEvent,
  type EventDefinition,
  EventParseError,
  filterOf,
  parseEvent,
  type StreamName,
  streams,
} from '@latchkey/contracts';
import { type Consumer, DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
import type { Bus } from './bus.js';
import { busFailure } from './bus-failure.js';
import { Failure } from './failure.js';
import { remade } from './topology.js';
import { withinTime } from './within-time.js';

const FETCH_MS = 5_000;
const BATCH = 500;

/**
 * Hands over every stored event of one kind, oldest first, from a place in its stream on; what is no such event is passed
 * over. Events that are stored meanwhile may be handed over again the next time.
 * @param fromSequence the first sequence that is wanted, from 1
 * @returns where to go on the next time
 * @throws Failure LK-BUS-00x, retryable, where the broker is away; RangeError where no stream stores the event.
 */
export async function readStoredEvents<Data>(
  bus: Bus,
  definition: EventDefinition<string, Data>,
  fromSequence: number,
  hear: (event: CloudEvent<Data>) => void,
): Promise<number> {
  const { stream } = definition;
  if (stream === null) throw new RangeError(`no stream stores ${definition.type}`);
  const doing = `reading the stream ${stream}`;
  const { state } = await remade(bus, { streams: [streams[stream]] }, doing, () =>
    bus.jsm.streams.info(stream),
  );
  // A stream that was lost and made anew counts from 1 again.
  const from = fromSequence > state.last_seq + 1 ? 1 : fromSequence;
  if (from > state.last_seq) return state.last_seq + 1;
  try {
    await readFrom(bus, stream, definition, from, (message) => tell(definition, message, hear));
  } catch (error) {
    throw busFailure(error, doing);
  }
  return state.last_seq + 1;
}

async function readFrom(
  bus: Bus,
  stream: StreamName,
  definition: EventDefinition,
  from: number,
  take: (message: JsMsg) => void,
): Promise<void> {
  const consumer = await bus.js.consumers.get(stream, {
    // In a list it would be made without its name in the subject, which could change any consumer, and isn't allowed.
    filter_subjects: filterOf(definition),
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: from,
  });
  try {
    let { num_pending: pending } = await consumer.info(true);
    while (pending > 0) {
      const batch = Math.min(BATCH, pending);
      pending = await withinTime('reading events', () => readBatch(consumer, batch, take));
    }
  } finally {
    // Where the broker is gone it goes by itself.
    await withinTime('deleting a reader', () => consumer.delete()).catch(() => undefined);
  }
}

/** @returns how many wait after these */
async function readBatch(
  consumer: Consumer,
  count: number,
  take: (message: JsMsg) => void,
): Promise<number> {
  let last: JsMsg | undefined;
  for await (const message of await consumer.fetch({ max_messages: count, expires: FETCH_MS })) {
    take(message);
    last = message;
  }
  // What waits and does not come would be passed over.
  if (!last) throw Failure.retryable('LK-BUS-003');
  return last.info.pending;
}

function tell<Data>(
  definition: EventDefinition<string, Data>,
  message: JsMsg,
  hear: (event: CloudEvent<Data>) => void,
): void {
  let event: CloudEvent<Data>;
  try {
    event = parseEvent(definition, message.data);
  } catch (error) {
    if (error instanceof EventParseError) return;
    throw error;
  }
  hear(event);
}
