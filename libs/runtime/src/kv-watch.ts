import { setTimeout as delay } from 'node:timers/promises';
import type { BucketDefinition } from '@latchkey/contracts';
import { type ConsumerMessages, DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
import type { Bus } from './bus.js';
import { backoffMs } from './settle.pure.js';
import { ensureTopology } from './topology.js';

/** A change of an entry; `value` is `null` where it was deleted, with revision 0 where it was found gone after an interruption. */
export interface EntryChange<Value> {
  readonly key: string;
  readonly value: Value | null;
  readonly revision: number;
}

/** What a watcher hears: `begins`, every entry that is there, then `caughtUp`, then changes. */
export interface BucketWatcher<Value> {
  /** The bucket is read from its beginning: at first, and again after whatever interrupted the watch. */
  begins?(): void;
  changed(change: EntryChange<Value>): void;
  /** All entries that were there have been told. Comes again after a lost connection. */
  caughtUp?(): void;
}

/** What is watched, and how its values are read. */
export interface Watching<Value> {
  readonly bus: Bus;
  readonly definition: BucketDefinition;
  readonly read: (key: string, bytes: Uint8Array) => Value;
}

const LONGEST_PAUSE_MS = 5_000;

/** Watches a bucket until stopped. It begins anew after whatever interrupts it, and tells then what has vanished. */
export function watchBucket<Value>(
  watching: Watching<Value>,
  watcher: BucketWatcher<Value>,
): { stop(): void } {
  const watch = new BucketWatch(watching, watcher);
  void watch.run();
  return { stop: () => watch.stop() };
}

class BucketWatch<Value> {
  readonly #watching: Watching<Value>;
  readonly #watcher: BucketWatcher<Value>;
  readonly #known = new Set<string>();
  readonly #stopped = new AbortController();
  #messages: ConsumerMessages | undefined;
  #failures = 0;

  constructor(watching: Watching<Value>, watcher: BucketWatcher<Value>) {
    this.#watching = watching;
    this.#watcher = watcher;
    // A broker that lost its memory counts revisions from one again: an old cursor would pass over what is new.
    watching.bus.onReconnect(() => this.#messages?.stop());
  }

  async run(): Promise<void> {
    const { bus, definition } = this.#watching;
    while (!this.#stopped.signal.aborted && !bus.nc.isClosed()) {
      try {
        await this.#watchOnce();
      } catch (err) {
        this.#failures += 1;
        bus.log.debug(
          { err, bucket: definition.name },
          'the watch was interrupted; beginning anew',
        );
      }
      const ms = Math.min(backoffMs(this.#failures + 1, Math.random()), LONGEST_PAUSE_MS);
      await delay(ms, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
    }
  }

  stop(): void {
    this.#stopped.abort();
    this.#messages?.stop();
  }

  async #watchOnce(): Promise<void> {
    const { bus, definition } = this.#watching;
    await ensureTopology(bus, { buckets: [definition] });
    const consumer = await bus.js.consumers.getPushConsumer(`KV_${definition.name}`, {
      deliver_policy: DeliverPolicy.LastPerSubject,
      filter_subjects: `$KV.${definition.name}.>`,
    });
    let remaining = (await consumer.info(true)).num_pending;
    const messages = await consumer.consume();
    this.#messages = messages;
    // Stopped while this was being set up.
    if (this.#stopped.signal.aborted) messages.stop();
    void stopWhenShaken(messages);
    const seen = new Set<string>();
    this.#watcher.begins?.();
    if (remaining === 0) this.#caughtUp(seen);
    for await (const message of messages) {
      this.#failures = 0;
      seen.add(this.#tell(message));
      remaining -= 1;
      if (remaining === 0) this.#caughtUp(seen);
    }
  }

  #tell(message: JsMsg): string {
    const { bus, definition, read } = this.#watching;
    const key = message.subject.slice(`$KV.${definition.name}.`.length);
    const deleted = Boolean(
      message.headers?.get('KV-Operation') || message.headers?.get('Nats-Marker-Reason'),
    );
    try {
      const value = deleted ? null : read(key, message.data);
      if (deleted) this.#known.delete(key);
      else this.#known.add(key);
      this.#watcher.changed({ key, value, revision: message.seq });
    } catch (err) {
      bus.log.error({ err, bucket: definition.name, key }, 'an entry was passed over');
    }
    return key;
  }

  /** Entries that were known before an interruption and are no longer there were deleted meanwhile. */
  #caughtUp(seen: ReadonlySet<string>): void {
    for (const key of this.#known) {
      if (seen.has(key)) continue;
      this.#known.delete(key);
      this.#watcher.changed({ key, value: null, revision: 0 });
    }
    this.#watcher.caughtUp?.();
  }
}

async function stopWhenShaken(messages: ConsumerMessages): Promise<void> {
  const shaken = ['ordered_consumer_recreated', 'stream_not_found', 'consumer_deleted'];
  for await (const notice of messages.status()) {
    if (shaken.includes(notice.type)) messages.stop();
  }
}
