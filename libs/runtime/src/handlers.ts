import type {
  CloudEvent,
  ConsumerDefinition,
  EventDefinition,
  FrameFacts,
  RequestDefinition,
} from '@latchkey/contracts';
import { Catch, type RpcExceptionFilter, UseFilters } from '@nestjs/common';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';
import { type Binding, bindingName } from './binding.pure.js';
import type { MessageContext } from './message-context.js';

/** A frame as its handler gets it. */
export interface Frame {
  readonly facts: FrameFacts;
  readonly jpeg: Uint8Array;
  /** By the broker's clock: when it was sent or stored, whichever is earlier, less how long capture held it. */
  readonly capturedAtMs: number;
}

/** A question as its handler gets it. */
export interface Question {
  readonly payload: Uint8Array;
}

export type EventHandler<Data> = (
  event: CloudEvent<Data>,
  context: MessageContext,
) => Promise<void> | void;
export type FrameHandler = (frame: Frame, context: MessageContext) => Promise<void> | void;
export type RequestHandler<Reply> = (
  question: Question,
  context: MessageContext,
) => Promise<Reply> | Reply;

/** Refuses at compile time to decorate a method of another shape. */
type Decorates<Handler> = <Method extends Handler>(
  target: object,
  key: string,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/** Handles one event of a durable consumer: acked when it resolves, settled by its failure when it throws. */
export function OnEvent<Data>(
  consumer: ConsumerDefinition,
  event: EventDefinition<string, Data>,
): Decorates<EventHandler<Data>> {
  return bind({ kind: 'event', consumer, event });
}

/** Handles a consumer's frames, one at a time; those older than two seconds are dropped and counted. */
export function OnFrame(consumer: ConsumerDefinition): Decorates<FrameHandler> {
  return bind({ kind: 'frame', consumer });
}

/** Answers a question; the instances of a service share them. A thrown failure reaches the asker with its code. */
export function OnRequest<Reply>(
  request: RequestDefinition<Reply>,
): Decorates<RequestHandler<Reply>> {
  return bind({ kind: 'request', request });
}

/**
 * Handles an event as it passes by: plain core subscription, no redelivery. With `queue` (the default) one instance of
 * the service gets each; without, every instance does.
 */
export function OnSubject<Data>(
  event: EventDefinition<string, Data>,
  options: { readonly queue?: boolean } = {},
): Decorates<EventHandler<Data>> {
  return bind({ kind: 'subject', event, queue: options.queue ?? true });
}

/**
 * Lets failures through to the one place that settles them; without it, Nest makes all of them "Internal server error".
 * It sits on each method, since a service with HTTP takes no filters for the bus alone.
 */
@Catch()
class PassFailures implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}

function bind<Handler>(binding: Binding): Decorates<Handler> {
  return (target, key, descriptor) => {
    // Without these, Nest hands a handler its payload alone.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    MessagePattern(bindingName(binding), { binding })(target, key, descriptor);
    UseFilters(PassFailures)(target, key, descriptor);
  };
}
