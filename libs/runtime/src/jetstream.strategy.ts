import { type CloudEvent, type ConsumerDefinition, paramsOf, streams } from '@latchkey/contracts';
import type { JsMsg } from '@nats-io/jetstream';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Binding } from './binding.pure.js';
import type { Bus } from './bus.js';
import { type RunningConsumer, startConsumer } from './consume.js';
import { Failure } from './failure.js';
import type { Question } from './handlers.js';
import type { MessageContext } from './message-context.js';
import type { Metrics } from './metrics.js';
import { contextOfStored, readEvent, readFrame, storedAtMsOf } from './read-message.js';
import { answerReplays, type LetterToHandle, type Replaying } from './replay.js';
import { answerRequests, type RunningSubscription, subscribeEvents } from './subscribe.js';
import { ensureTopology } from './topology.js';
import { wiringFaults } from './wiring.pure.js';

/** What the strategy serves. */
export interface StrategyFacts {
  readonly bus: Bus;
  readonly metrics: Metrics;
  readonly consumers: readonly ConsumerDefinition[];
}

interface Bound {
  readonly binding: Binding;
  readonly handler: MessageHandler;
}

/** A frame that is older than this is of no use to a door: it is dropped and counted. */
const STALE_FRAME_MS = 2_000;
const GRACE_MS = 10_000;

/** Brings messages of the bus to the decorated methods of Nest's controllers. */
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  readonly #facts: StrategyFacts;
  readonly #bound: Bound[] = [];
  readonly #running: RunningConsumer[] = [];
  readonly #subscriptions: RunningSubscription[] = [];

  constructor(facts: StrategyFacts) {
    super();
    this.#facts = facts;
  }

  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    super.addHandler(pattern, callback, isEventHandler, extras);
    const binding = extras['binding'] as Binding | undefined;
    if (binding) this.#bound.push({ binding, handler: callback });
  }

  /** Starts to listen. Fails with every fault of the wiring and its fix. */
  listen(callback: (error?: unknown) => void): void {
    void this.#open(callback);
  }

  async #open(callback: (error?: unknown) => void): Promise<void> {
    try {
      await this.#openAll();
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  }

  async #openAll(): Promise<void> {
    this.#requireWiring();
    for (const bound of this.#bound) this.#subscribe(bound);
    for (const consumer of this.#facts.consumers) this.#answerReplays(consumer);
    // Whoever hears that we are up must find the subscriptions there.
    await this.#facts.bus.nc.flush();
    for (const consumer of this.#facts.consumers) this.#running.push(this.#start(consumer));
  }

  /** Pulls no more and lets what is being handled end, for at most ten seconds. */
  async close(): Promise<void> {
    for (const subscription of this.#subscriptions) subscription.stop();
    await Promise.all(this.#running.map((consumer) => consumer.stop(GRACE_MS)));
  }

  /** The durables that cannot pull at the moment; empty: all is well. */
  stalled(): string[] {
    return this.#running.filter((one) => !one.isPulling()).map((one) => one.durable);
  }

  on(): void {
    // Nest's hook for a client library's own events; ours are in the log.
  }

  unwrap<Client>(client?: Client): Client {
    return client ?? (this.#facts.bus.nc as Client);
  }

  #requireWiring(): void {
    const faults = wiringFaults(
      this.#facts.consumers,
      this.#bound.map(({ binding }) => binding),
    );
    if (faults.length > 0)
      throw new Error(`Handlers and consumers do not match:\n  ${faults.join('\n  ')}`);
  }

  #start(consumer: ConsumerDefinition): RunningConsumer {
    const { bus, metrics } = this.#facts;
    const stream = streams[consumer.stream];
    return startConsumer({
      bus,
      consumer,
      metrics,
      log: bus.log,
      ensure: () => ensureTopology(bus, { streams: [stream], consumers: [consumer] }),
      handle:
        consumer.events.length === 0 ? this.#frameHandler(consumer) : this.#eventHandler(consumer),
    });
  }

  #eventHandler(consumer: ConsumerDefinition): (message: JsMsg) => Promise<void> {
    return async (message) => {
      await this.#handleEvent(consumer, message, (facts) =>
        contextOfStored(this.#facts.bus, message, facts),
      );
    };
  }

  async #handleEvent(
    consumer: ConsumerDefinition,
    message: LetterToHandle,
    contextOf: (facts: Pick<MessageContext, 'params' | 'correlationId'>) => MessageContext,
  ): Promise<void> {
    const bound = this.#boundFor(consumer, message);
    const { event, params } = readEvent(bound.binding.event, message);
    await call(bound.handler, event, contextOf({ params, correlationId: event.correlationid }));
  }

  #answerReplays(consumer: ConsumerDefinition): void {
    if (consumer.ack === 'none') return;
    const { bus, metrics } = this.#facts;
    const handle: Replaying['handle'] = (letter, contextOf) =>
      this.#handleEvent(consumer, letter, contextOf);
    this.#subscriptions.push(answerReplays({ bus, consumer, metrics, handle }));
  }

  #boundFor(consumer: ConsumerDefinition, message: { readonly subject: string }) {
    for (const { binding, handler } of this.#bound) {
      if (binding.kind !== 'event' || binding.consumer.durable !== consumer.durable) continue;
      if (paramsOf(binding.event, message.subject)) return { binding, handler };
    }
    throw Failure.terminal(
      'LK-BUS-004',
      `${consumer.durable} expects ${consumer.filters.join(', ')}, got ${message.subject}`,
    );
  }

  #frameHandler(consumer: ConsumerDefinition): (message: JsMsg) => Promise<void> {
    const bound = this.#bound.find(
      ({ binding }) => binding.kind === 'frame' && binding.consumer.durable === consumer.durable,
    );
    const { bus, metrics } = this.#facts;
    return async (message) => {
      if (!bound) return;
      const storedAtMs = storedAtMsOf(message);
      if (bus.nowMs() - storedAtMs > STALE_FRAME_MS) {
        metrics.handled.inc({ consumer: consumer.durable, outcome: 'stale' });
        return;
      }
      const { frame, params } = readFrame({
        subject: message.subject,
        headers: message.headers,
        data: message.data,
        storedAtMs,
      });
      const context = contextOfStored(bus, message, { params, correlationId: frame.facts.id });
      await call(bound.handler, frame, context);
    };
  }

  #subscribe({ binding, handler }: Bound): void {
    const { bus } = this.#facts;
    if (binding.kind === 'request') {
      const answer = (question: Question, context: MessageContext) =>
        call(handler, question, context);
      this.#subscriptions.push(answerRequests(bus, binding.request, answer));
    } else if (binding.kind === 'subject') {
      const listener = async (event: CloudEvent, context: MessageContext) => {
        await call(handler, event, context);
      };
      const options = binding.queue ? { queue: bus.service } : {};
      this.#subscriptions.push(subscribeEvents(bus, binding.event, {}, listener, options));
    }
  }
}

/** Nest's handlers answer with a value, a promise or a stream of one value; its filter passes failures through. */
async function call(handler: MessageHandler, content: unknown, context: unknown): Promise<unknown> {
  const answered: unknown = await handler(content, context);
  return isObservable(answered)
    ? await lastValueFrom(answered, { defaultValue: undefined })
    : answered;
}
