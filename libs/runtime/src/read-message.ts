import {
  type CloudEvent,
  type EventDefinition,
  EventParseError,
  frameFacts,
  frameHeaders,
  frameSubject,
  paramsOf,
  parseEvent,
} from '@latchkey/contracts';
import type { JsMsg } from '@nats-io/jetstream';
import type { Msg, MsgHdrs } from '@nats-io/nats-core';
import type { Bus } from './bus.js';
import { Failure } from './failure.js';
import type { Frame } from './handlers.js';
import { CORRELATION_HEADER, headerOf, type MessageContext } from './message-context.js';

/** Reads an event. @throws Failure LK-BUS-004, terminal, that says what was expected. */
export function readEvent(
  definition: EventDefinition,
  message: { readonly subject: string; readonly data: Uint8Array },
): { event: CloudEvent; params: Record<string, string> } {
  const params = paramsOf(definition, message.subject);
  if (!params) {
    throw unreadable(`expected ${definition.template}, got the subject ${message.subject}`);
  }
  try {
    return { event: parseEvent(definition, message.data), params };
  } catch (error) {
    if (error instanceof EventParseError) throw unreadable(error.message);
    throw error;
  }
}

/** A stored message, whichever way it came. */
interface StoredMessage {
  readonly subject: string;
  readonly headers?: MsgHdrs | undefined;
  readonly data: Uint8Array;
  readonly storedAtMs: number;
}

/** Reads a frame. @throws Failure LK-BUS-004, terminal, where its headers do not say what they should. */
export function readFrame(message: StoredMessage): {
  frame: Frame;
  params: Record<string, string>;
} {
  const params = paramsOf(frameSubject, message.subject);
  const said = (field: keyof typeof frameHeaders) => headerOf(message.headers, frameHeaders[field]);
  const facts = frameFacts.safeParse({
    ...params,
    id: said('id'),
    widthPx: said('widthPx'),
    heightPx: said('heightPx'),
    heldMs: said('heldMs'),
    mirrored: said('mirrored'),
    line: said('line'),
  });
  if (!facts.success || !params) {
    const faults = facts.error?.issues.map((issue) => issue.path.join('.')).join(', ');
    throw unreadable(`expected a frame with its headers; wrong or missing: ${faults ?? 'subject'}`);
  }
  // A broken line may deliver late what a client or a socket kept: then the earlier of the two times is the true one.
  const sentAtMs = Number(said('sentAtMs') ?? Number.POSITIVE_INFINITY);
  const leftAtMs = sentAtMs > 0 ? Math.min(message.storedAtMs, sentAtMs) : 0;
  const capturedAtMs = Math.round(leftAtMs - facts.data.heldMs);
  return { frame: { facts: facts.data, jpeg: message.data, capturedAtMs }, params };
}

/** What a handler is told of a stored message. */
export function contextOfStored(
  bus: Bus,
  message: JsMsg,
  facts: { params: Record<string, string>; correlationId: string },
): MessageContext {
  return {
    subject: message.subject,
    params: facts.params,
    correlationId: facts.correlationId,
    storedAtMs: storedAtMsOf(message),
    deliveries: message.info.deliveryCount,
    log: bus.log.child({ correlationId: facts.correlationId }),
    header: (name) => headerOf(message.headers, name),
    working: () => message.working(),
  };
}

/** What a handler is told of a message that passes by. */
export function contextOfPassing(
  bus: Bus,
  message: Msg,
  facts: { params: Record<string, string>; correlationId?: string },
): MessageContext {
  const correlationId = facts.correlationId ?? correlationOf(message.headers);
  return {
    subject: message.subject,
    params: facts.params,
    correlationId,
    storedAtMs: bus.nowMs(),
    deliveries: 1,
    log: bus.log.child({ correlationId }),
    header: (name) => headerOf(message.headers, name),
    working: () => undefined,
  };
}

/** The broker's timestamp of a stored message in milliseconds since 1970. */
export function storedAtMsOf(message: JsMsg): number {
  return Math.floor(message.info.timestampNanos / 1e6);
}

function correlationOf(head: MsgHdrs | undefined): string {
  return headerOf(head, CORRELATION_HEADER) ?? crypto.randomUUID();
}

function unreadable(message: string): Failure {
  return Failure.terminal('LK-BUS-004', message);
}
