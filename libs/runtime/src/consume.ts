import { setTimeout as delay } from 'node:timers/promises';
import type { ConsumerDefinition } from '@latchkey/contracts';
import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { Bus } from './bus.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';
import { PoisonWatch } from './poison.js';
import { storedAtMsOf } from './read-message.js';
import { settleDone, settleFailed } from './settle.js';
import { backoffMs } from './settle.pure.js';

/** What a consumer needs to run. */
export interface Consuming {
  readonly bus: Bus;
  readonly consumer: ConsumerDefinition;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Makes the stream and the consumer be there again, e.g. after a broker lost its memory. */
  readonly ensure: () => Promise<void>;
  /** Handles a message; resolves: done, throws: settled by its failure. */
  readonly handle: (message: JsMsg) => Promise<void>;
}

/** A consumer that runs. */
export interface RunningConsumer {
  readonly durable: string;
  /** False while it cannot pull. */
  isPulling(): boolean;
  /** Pulls no more, waits for what is being handled, but not longer than `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** The broker refuses less than a second. */
const PULL_MS = 5_000;
/** A pull that ends sooner than this with nothing would spin. */
const SHORTEST_PULL_MS = 50;

/** Pulls and handles messages until stopped, whatever happens to the broker meanwhile. */
export function startConsumer(consuming: Consuming): RunningConsumer {
  const loop = new PullLoop(consuming);
  const ended = loop.run();
  return {
    durable: consuming.consumer.durable,
    isPulling: () => loop.pulling,
    stop: async (graceMs) => {
      loop.stop();
      const drained = ended.then(() => loop.drained());
      await Promise.race([drained, delay(graceMs, undefined, { ref: false })]);
    },
  };
}

class PullLoop {
  pulling = false;
  readonly #consuming: Consuming;
  readonly #active = new Set<Promise<void>>();
  readonly #stopped = new AbortController();
  readonly #poison: PoisonWatch;
  #batch: ConsumerMessages | undefined;
  #failures = 0;

  constructor(consuming: Consuming) {
    this.#consuming = consuming;
    this.#poison = new PoisonWatch(consuming.bus, consuming.consumer);
  }

  async run(): Promise<void> {
    let source: Consumer | undefined;
    while (!this.#stopped.signal.aborted) {
      try {
        source ??= await this.#open();
        await this.#freeSlot();
        if (!this.#stopped.signal.aborted) await this.#pull(source);
      } catch (error) {
        source = undefined;
        await this.#recover(error);
      }
    }
    this.pulling = false;
  }

  stop(): void {
    this.#stopped.abort();
    this.#batch?.stop();
  }

  async drained(): Promise<void> {
    await Promise.all(this.#active);
  }

  async #open(): Promise<Consumer> {
    const { bus, consumer } = this.#consuming;
    return await bus.js.consumers.get(consumer.stream, consumer.durable);
  }

  /** Asks for as many messages as there are free slots, so that none waits here while another instance is idle. */
  async #pull(source: Consumer): Promise<void> {
    const free = this.#consuming.consumer.concurrency - this.#active.size;
    const startedMs = performance.now();
    this.#batch = await source.fetch({ max_messages: free, expires: PULL_MS });
    this.pulling = true;
    let count = 0;
    for await (const message of this.#batch) {
      count += 1;
      this.#failures = 0;
      this.#begin(message);
    }
    this.#failures = 0;
    if (count === 0 && performance.now() - startedMs < SHORTEST_PULL_MS) await this.#pause(1);
  }

  async #recover(failure: unknown): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    this.pulling = false;
    this.#failures += 1;
    const { log, bus, consumer } = this.#consuming;
    const facts = { err: failure, consumer: consumer.durable, failures: this.#failures };
    log[this.#failures === 3 ? 'warn' : 'debug'](facts, 'the consumer cannot pull; trying again');
    await this.#pause(this.#failures);
    if (!bus.isConnected()) return;
    try {
      await this.#consuming.ensure();
    } catch (err) {
      log.debug({ err, consumer: consumer.durable }, 'not there yet');
    }
  }

  async #pause(tries: number): Promise<void> {
    const ms = Math.min(backoffMs(tries, Math.random()), 5_000);
    await delay(ms, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
  }

  async #freeSlot(): Promise<void> {
    while (this.#active.size >= this.#consuming.consumer.concurrency) {
      await Promise.race([...this.#active, aborted(this.#stopped.signal)]);
      if (this.#stopped.signal.aborted) return;
    }
  }

  #begin(message: JsMsg): void {
    const task = process(this.#consuming, this.#poison, message).finally(() =>
      this.#active.delete(task),
    );
    this.#active.add(task);
  }
}

/** Handles and settles one message; never throws. */
async function process(consuming: Consuming, poison: PoisonWatch, message: JsMsg): Promise<void> {
  const { bus, consumer, metrics, log } = consuming;
  const labels = { consumer: consumer.durable };
  const stopHeartbeat = keepAlive(consumer, message);
  const endTimer = metrics.handlingSeconds.startTimer(labels);
  metrics.inFlight.inc(labels);
  try {
    await poison.begin(message);
    await consuming.handle(message);
    settleDone(consuming, message);
  } catch (error) {
    await settleFailed(consuming, message, error).catch((err: unknown) =>
      log.error({ err }, 'a message could not be settled; it will come again'),
    );
  } finally {
    await poison.end(message);
    stopHeartbeat();
    endTimer();
    metrics.inFlight.dec(labels);
    metrics.ageSeconds.observe(labels, Math.max(0, bus.nowMs() - storedAtMsOf(message)) / 1_000);
  }
}

/** Tells the broker that a message is still being handled, before it would deliver it to another. */
function keepAlive(consumer: ConsumerDefinition, message: JsMsg): () => void {
  if (consumer.ack === 'none') return () => undefined;
  const timer = setInterval(() => message.working(), consumer.ackWaitMs / 2);
  timer.unref();
  return () => clearInterval(timer);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
