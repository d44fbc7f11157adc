import { setImmediate as letOthers, setTimeout as delay } from 'node:timers/promises';
import { type Bus, toFailure } from '@latchkey/runtime';
import { type ConsumerMessages, DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
import type { EventStream } from '../events/cursor.pure.js';
import { readMessage } from '../events/event-reader.js';
import type { Progress } from './catching-up.pure.js';
import { type Occurrence, occurrenceOf } from './occurrence.pure.js';
import type { ReadModel } from './read-model.js';

const BATCH = 500;
const PULL_MS = 10_000;
const HEARTBEAT_MS = 2_000;
const PAUSE_MS = 1_000;
/** After these a reader may have lost its place: it begins anew from the place that the read model knows. */
const SHAKEN = ['ordered_consumer_recreated', 'stream_not_found', 'consumer_deleted'];

/** Which stream is read into which model. */
export interface Following {
  readonly bus: Bus;
  readonly model: ReadModel;
  readonly stream: EventStream;
  /** Told of each person who is to be forgotten, once the model knows of it. */
  readonly forgotten: (person: string) => Promise<void>;
}

/** Reads one stream into the read model: what it holds already, then what comes, until stopped. */
export class StreamFollower {
  readonly #following: Following;
  readonly #stopped = new AbortController();
  #messages: ConsumerMessages | undefined;
  #begin = 1;
  #next = 1;
  /** Where the stream ended when it was first looked at. */
  #end: number | undefined;
  #fault: string | undefined;

  constructor(following: Following) {
    this.#following = following;
    // A broker that came back has forgotten its readers, and may be another one.
    following.bus.onReconnect(() => this.#messages?.stop());
  }

  /** How much is read of the places between where it began and where the stream ended then; undefined: not known yet. */
  progress(): Progress {
    if (this.#end === undefined) return undefined;
    const all = Math.max(0, this.#end - this.#begin);
    return { read: Math.min(all, Math.max(0, this.#next - this.#begin)), all };
  }

  /** What keeps it from reading; undefined: nothing. */
  fault(): string | undefined {
    return this.#fault;
  }

  /** Follows the stream over lost connections, until stopped. */
  async run(): Promise<void> {
    const { bus, stream } = this.#following;
    while (!this.#stopped.signal.aborted) {
      try {
        await this.#follow();
      } catch (err) {
        this.#fault = toFailure(err).message;
        bus.log.warn({ err, stream }, 'cannot read on; trying again');
      }
      await delay(PAUSE_MS, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
    }
  }

  stop(): void {
    this.#stopped.abort();
    this.#messages?.stop();
  }

  async #follow(): Promise<void> {
    const { bus, model, stream } = this.#following;
    const { created, state } = await bus.jsm.streams.info(stream);
    this.#next = model.positionIn(stream, created);
    if (this.#end === undefined) {
      this.#begin = Math.max(this.#next, state.first_seq);
      this.#end = state.last_seq + 1;
    }
    const consumer = await bus.js.consumers.get(stream, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: this.#next,
    });
    if ((await consumer.info(true)).num_pending === 0) this.#end = this.#next;
    const messages = await consumer.consume({
      max_messages: 2 * BATCH,
      expires: PULL_MS,
      idle_heartbeat: HEARTBEAT_MS,
    });
    this.#messages = messages;
    // Stopped while this was being set up.
    if (this.#stopped.signal.aborted) messages.stop();
    this.#fault = undefined;
    void stopWhenShaken(messages);
    await this.#read(messages);
    await consumer.delete().catch(() => undefined);
  }

  async #read(messages: ConsumerMessages): Promise<void> {
    let batch: Occurrence[] = [];
    for await (const message of messages) {
      const occurrence = this.#occurrenceOf(message);
      if (occurrence) batch.push(occurrence);
      const isLast = message.info.pending === 0;
      if (!isLast && batch.length < BATCH) continue;
      await this.#take(batch, message.seq + 1);
      batch = [];
      if (isLast) this.#end = this.#next;
      // Whoever asks something meanwhile waits for one batch at most.
      else await letOthers();
    }
  }

  async #take(batch: readonly Occurrence[], next: number): Promise<void> {
    const { model, stream, forgotten } = this.#following;
    model.apply(stream, batch, next);
    this.#next = next;
    for (const occurrence of batch) {
      if (occurrence.forgotten !== null) await forgotten(occurrence.forgotten);
    }
  }

  #occurrenceOf(message: JsMsg): Occurrence | null {
    const event = readMessage(message);
    if (!event) return null;
    const { stream } = this.#following;
    const atUs = Math.floor(message.info.timestampNanos / 1_000);
    return occurrenceOf(event, { stream, seq: message.seq, atUs });
  }
}

async function stopWhenShaken(messages: ConsumerMessages): Promise<void> {
  for await (const { type } of messages.status()) if (SHAKEN.includes(type)) messages.stop();
}
