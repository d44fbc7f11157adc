import { buckets, type ConsumerDefinition } from '@latchkey/contracts';
import type { JsMsg } from '@nats-io/jetstream';
import { z } from 'zod';
import type { Bus } from './bus.js';
import { Failure } from './failure.js';
import { type Bucket, openBucket } from './kv.js';

const begun = z.object({ begun: z.int().min(1) });
type Entries = Bucket<z.infer<typeof begun>>;

/** A process may be killed now and then while it handles something; as often as this over the same is no chance. */
const MOST_HANDLINGS = 5;
/** Fewer would also blame what merely was handled beside it: only the third time each is handled by itself. */
const FEWEST_HANDLINGS = 3;

/**
 * Finds messages that end whoever handles them, such as one that crashes the process: their handler cannot settle them.
 * Deliveries alone do not tell, since waiting for a mail server takes many, and since all that is handled beside such a
 * message is delivered as often. So a redelivered message is noted in the bucket `handling` when its handling begins and
 * struck out when it is settled; one that was begun before and not settled waits until it is handled beside no other such.
 */
export class PoisonWatch {
  readonly #bus: Bus;
  readonly #consumer: ConsumerDefinition;
  readonly #mostHandlings: number;
  readonly #noted = new Set<number>();
  readonly #turns = new Map<number, () => void>();
  #lastTurn: Promise<void> = Promise.resolve();
  #entries: Promise<Entries> | undefined;

  constructor(bus: Bus, consumer: ConsumerDefinition) {
    this.#bus = bus;
    this.#consumer = consumer;
    this.#mostHandlings =
      consumer.maxTries === 0 ? MOST_HANDLINGS : Math.max(FEWEST_HANDLINGS, consumer.maxTries);
  }

  /** Called before a message is handled. @throws Failure LK-BUS-005, terminal, where it must not be handled again. */
  async begin({ seq, info }: JsMsg): Promise<void> {
    if (this.#consumer.ack === 'none' || info.deliveryCount === 1) return;
    if ((await this.#countOf(seq)) > 0) await this.#takeTurn(seq);
    const before = await this.#countOf(seq);
    // The first delivery was not noted.
    if (before + 1 >= this.#mostHandlings) throw poison(before + 1);
    this.#noted.add(seq);
    await this.#try((entries) => entries.put(this.#key(seq), { begun: before + 1 }));
  }

  /** Called once a message is settled, whichever way. */
  async end({ seq }: JsMsg): Promise<void> {
    if (this.#noted.delete(seq)) await this.#try((entries) => entries.delete(this.#key(seq)));
    this.#turns.get(seq)?.();
    this.#turns.delete(seq);
  }

  async #takeTurn(seq: number): Promise<void> {
    const before = this.#lastTurn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#lastTurn = promise;
    this.#turns.set(seq, resolve);
    await before;
  }

  async #countOf(seq: number): Promise<number> {
    const entry = await this.#try((entries) => entries.get(this.#key(seq)));
    return entry?.value.begun ?? 0;
  }

  /** Where the bucket is away, messages are handled all the same. */
  async #try<Result>(act: (entries: Entries) => Promise<Result>): Promise<Result | undefined> {
    try {
      this.#entries ??= openBucket(this.#bus, buckets.handling, begun);
      return await act(await this.#entries);
    } catch (err) {
      this.#entries = undefined;
      this.#bus.log.debug({ err, consumer: this.#consumer.durable }, 'not noted as being handled');
      return undefined;
    }
  }

  #key(seq: number): string {
    return `${this.#consumer.durable}.${seq}`;
  }
}

function poison(times: number): Failure {
  return Failure.terminal(
    'LK-BUS-005',
    `Whoever handled it ended each time, ${times} times: it crashed, froze or was killed. See the logs of those moments, then replay or drop it.`,
  );
}
