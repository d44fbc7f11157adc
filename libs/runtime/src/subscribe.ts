import {
  type CloudEvent,
  type EventDefinition,
  filterOf,
  paramsOf,
  type RequestDefinition,
  type SubjectParams,
} from '@latchkey/contracts';
import type { Msg, Subscription } from '@nats-io/nats-core';
import type { Bus } from './bus.js';
import { type Failure, toFailure } from './failure.js';
import type { Question } from './handlers.js';
import { CODE_HEADER, correlated, type MessageContext } from './message-context.js';
import { contextOfPassing, readEvent } from './read-message.js';
import { toWire } from './wire-failure.js';

/** A subscription that can be ended; ending it twice is fine. */
export interface RunningSubscription {
  stop(): void;
}

/** What a subscriber does with an event. */
export type EventListener<Data, Params> = (
  event: CloudEvent<Data>,
  context: MessageContext<Params>,
) => Promise<void> | void;

/**
 * Hears events as they pass by (plain core NATS: no history, no redelivery), stored or not. Outlives lost connections.
 * @param params which subjects, e.g. `{ door: 'library-north' }`; a token left out: any
 * @param options.queue with it, one of all subscribers of that name gets each event
 */
export function subscribeEvents<Template extends string, Data>(
  bus: Bus,
  definition: EventDefinition<Template, Data>,
  params: Partial<SubjectParams<Template>>,
  listener: EventListener<Data, SubjectParams<Template>>,
  options: { readonly queue?: string } = {},
): RunningSubscription {
  const subscription = bus.nc.subscribe(filterWith(definition, params), {
    ...(options.queue ? { queue: options.queue } : {}),
    callback: (error, message) => {
      if (error) bus.log.error({ err: error, event: definition.type }, 'cannot subscribe');
      else void hear(bus, definition, message, listener as EventListener<unknown, unknown>);
    },
  });
  return running(subscription);
}

/** Answers a question; all instances of a service share the questions. A failure goes back with its code. */
export function answerRequests<Reply>(
  bus: Bus,
  definition: RequestDefinition<Reply>,
  answer: (question: Question, context: MessageContext) => Promise<Reply>,
): RunningSubscription {
  const subscription = bus.nc.subscribe(definition.template, {
    queue: bus.service,
    callback: (error, message) => {
      if (error) bus.log.error({ err: error, request: definition.type }, 'cannot subscribe');
      else void reply(bus, definition, message, answer);
    },
  });
  return running(subscription);
}

async function hear(
  bus: Bus,
  definition: EventDefinition,
  message: Msg,
  listener: EventListener<unknown, unknown>,
): Promise<void> {
  try {
    const { event, params } = readEvent(definition, message);
    const facts = { params, correlationId: event.correlationid };
    await listener(event, contextOfPassing(bus, message, facts));
  } catch (error) {
    logFailure(bus, toFailure(error), message.subject);
  }
}

async function reply<Reply>(
  bus: Bus,
  definition: RequestDefinition<Reply>,
  message: Msg,
  answer: (question: Question, context: MessageContext) => Promise<Reply>,
): Promise<void> {
  const context = contextOfPassing(bus, message, {
    params: paramsOf(definition, message.subject) ?? {},
  });
  const head = correlated(context.correlationId);
  try {
    const answered = await answer({ payload: message.data }, context);
    message.respond(JSON.stringify(answered), { headers: head });
  } catch (error) {
    const failure = toFailure(error);
    logFailure(bus, failure, message.subject);
    head.set(CODE_HEADER, failure.code);
    message.respond(JSON.stringify(toWire(failure)), { headers: head });
  }
}

function logFailure(bus: Bus, failure: Failure, subject: string): void {
  const level = failure.kind === 'benign' ? 'debug' : 'warn';
  bus.log[level](
    { err: failure, errorCode: failure.code, subject },
    'a message could not be handled',
  );
}

function filterWith<Template extends string>(
  definition: EventDefinition<Template>,
  params: Partial<SubjectParams<Template>>,
): string {
  let filter: string = definition.template;
  for (const [token, value] of Object.entries(params)) {
    filter = filter.replace(`{${token}}`, String(value));
  }
  return filterOf({ template: filter });
}

function running(subscription: Subscription): RunningSubscription {
  return {
    stop: () => {
      if (!subscription.isClosed()) subscription.unsubscribe();
    },
  };
}
