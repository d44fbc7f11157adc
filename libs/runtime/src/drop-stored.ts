import { type StreamName, streams } from '@latchkey/contracts';
import { JetStreamApiError, type StoredMsg } from '@nats-io/jetstream';
import type { Bus } from './bus.js';
import { busFailure } from './bus-failure.js';
import { remade } from './topology.js';
import { withinTime } from './within-time.js';

/** A message as a stream holds it. */
export type StoredMessage = Pick<StoredMsg, 'subject' | 'seq' | 'time' | 'data'>;

const BATCH = 500;

/**
 * Looks at every message that a stream holds, the oldest first, and takes those out for good that are to be dropped, their
 * content overwritten. No consumer is needed, so it looks into a work queue, too. What comes meanwhile may be passed over.
 * @returns how many were dropped
 * @throws Failure LK-BUS-00x, retryable, where the broker is away.
 */
export async function dropStored(
  bus: Bus,
  stream: StreamName,
  isToBeDropped: (message: StoredMessage) => boolean,
): Promise<number> {
  const doing = `looking through the stream ${stream}`;
  const { state } = await remade(bus, { streams: [streams[stream]] }, doing, () =>
    bus.jsm.streams.info(stream),
  );
  let dropped = 0;
  try {
    for (let seq = state.first_seq; state.messages > 0 && seq <= state.last_seq; ) {
      const batch = await withinTime(doing, () => readBatch(bus, stream, seq));
      const last = batch.at(-1);
      if (!last) break;
      for (const message of batch) {
        if (isToBeDropped(message) && (await dropOne(bus, stream, message.seq))) dropped += 1;
      }
      seq = last.seq + 1;
    }
  } catch (error) {
    throw busFailure(error, doing);
  }
  return dropped;
}

/** By a callback: where it is read as an iterator, the client keeps its subscription for ever. */
function readBatch(bus: Bus, stream: StreamName, seq: number): Promise<StoredMsg[]> {
  const { promise, resolve, reject } = Promise.withResolvers<StoredMsg[]>();
  const read: StoredMsg[] = [];
  const callback = (done: { err?: Error } | null, message: StoredMsg): void => {
    if (done === null) read.push(message);
    else if (done.err && read.length === 0 && !isEnd(done.err)) reject(done.err);
    else resolve(read);
  };
  bus.jsm.direct.getBatch(stream, { seq, batch: BATCH, callback }).catch(reject);
  return promise;
}

/** What the broker says where nothing is left from there on. */
function isEnd(error: Error): boolean {
  return /message not found|no results/i.test(error.message);
}

/** @returns false where it was gone before */
async function dropOne(bus: Bus, stream: StreamName, seq: number): Promise<boolean> {
  try {
    return await bus.jsm.streams.deleteMessage(stream, seq);
  } catch (error) {
    if (error instanceof JetStreamApiError) return false;
    throw error;
  }
}
