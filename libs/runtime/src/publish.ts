import {
  createEvent,
  type EventDefinition,
  type FrameFacts,
  frameHeaders,
  frameSubject,
  type RequestDefinition,
  type StreamName,
  type SubjectParams,
  streams,
  subjectOf,
} from '@latchkey/contracts';
import { headers, type MsgHdrs } from '@nats-io/nats-core';
import type { Bus } from './bus.js';
import { busFailure } from './bus-failure.js';
import { Failure } from './failure.js';
import { CODE_HEADER, correlated } from './message-context.js';
import { remade } from './topology.js';
import { fromWire, wireFailure } from './wire-failure.js';

const ACK_MS = 5_000;

/** What makes an event of its data. */
export interface EventFacts<Data> {
  /** The event's id and, in a stream, its message id: within the stream's window the same id is stored once. */
  readonly id: string;
  /** The correlation id of the access attempt, or of whatever began this. */
  readonly correlationId: string;
  readonly data: Data;
  /** When it happened, by the broker's clock; now, where left out. */
  readonly timeMs?: number;
}

/** What became of a published event; `sequence` is `null` where no stream stores it. */
export interface Published {
  readonly sequence: number | null;
  readonly duplicate: boolean;
}

/**
 * Publishes an event. One that a stream stores is stored once this resolves.
 * @throws Failure LK-BUS-001, retryable, where the broker or the stream is away. RangeError for a parameter that is no subject token.
 */
export async function publishEvent<Template extends string, Data>(
  bus: Bus,
  definition: EventDefinition<Template, Data>,
  params: SubjectParams<Template>,
  facts: EventFacts<NoInfer<Data>>,
): Promise<Published> {
  const subject = subjectOf(definition, params);
  const payload = JSON.stringify(
    createEvent<Data>(definition, {
      id: facts.id,
      source: bus.service,
      timeMs: facts.timeMs ?? bus.nowMs(),
      correlationId: facts.correlationId,
      data: facts.data,
    }),
  );
  const options = { headers: correlated(facts.correlationId), msgID: facts.id };
  if (definition.stream === null) {
    bus.nc.publish(subject, payload, { headers: options.headers });
    return { sequence: null, duplicate: false };
  }
  const { template, stream } = definition;
  return await store(bus, { template, stream }, subject, payload, options);
}

/**
 * Publishes a frame: the bare JPEG, its facts in headers. The broker keeps a camera's newest one.
 * @throws Failure LK-BUS-001, retryable, where the broker or the stream is away.
 */
export async function publishFrame(
  bus: Bus,
  facts: FrameFacts,
  jpeg: Uint8Array,
): Promise<Published> {
  const head = headers();
  for (const [field, name] of Object.entries(frameHeaders)) {
    const value: unknown = Reflect.get(facts, field);
    if (value !== undefined) head.set(name, headerText(value));
  }
  head.set(frameHeaders.sentAtMs, String(bus.nowMs()));
  const subject = subjectOf(frameSubject, { door: facts.door, camera: facts.camera });
  return await store(bus, frameSubject, subject, jpeg, { headers: head, msgID: facts.id });
}

/** Stores a message; a memory stream that the broker lost with a restart is made anew once. */
async function store(
  bus: Bus,
  definition: { readonly template: string; readonly stream: StreamName },
  subject: string,
  payload: Uint8Array | string,
  options: { readonly headers: MsgHdrs; readonly msgID?: string },
): Promise<Published> {
  // The client would keep it and send it on reconnecting: late, and a frame with a time that isn't its own.
  if (!bus.isConnected()) throw Failure.retryable('LK-BUS-001');
  const topology = { streams: [streams[definition.stream]] };
  const ack = await remade(bus, topology, `publishing ${definition.template}`, () =>
    bus.js.publish(subject, payload, { ...options, timeout: ACK_MS }),
  );
  return { sequence: ack.seq, duplicate: ack.duplicate };
}

/** How a question is asked; `timeoutMs` is the definition's own where left out. */
export interface RequestFacts {
  readonly correlationId?: string;
  readonly timeoutMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What fills the tokens of the question's subject, where it has any. */
  readonly params?: Readonly<Record<string, string>>;
}

/**
 * Asks a question and checks the answer.
 * @throws Failure LK-BUS-003, retryable, where nobody answers in time; LK-BUS-004, terminal, where the answer is none;
 * or the failure of the one who answers, with its code.
 */
export async function request<Reply>(
  bus: Bus,
  definition: RequestDefinition<Reply>,
  payload: Uint8Array | string,
  facts: RequestFacts = {},
): Promise<Reply> {
  const head = correlated(facts.correlationId);
  for (const [name, value] of Object.entries(facts.headers ?? {})) head.set(name, value);
  const subject = subjectOf(definition, facts.params ?? {});
  let answer: { data: Uint8Array; headers?: MsgHdrs | undefined };
  try {
    answer = await bus.nc.request(subject, payload, {
      timeout: facts.timeoutMs ?? definition.timeoutMs,
      headers: head,
    });
  } catch (error) {
    throw busFailure(error, `asking ${definition.type}`, 'LK-BUS-003');
  }
  const text = new TextDecoder().decode(answer.data);
  const code = answer.headers?.get(CODE_HEADER);
  if (code) throw failureOfReply(code, text);
  return readReply(definition, text);
}

function readReply<Reply>(definition: RequestDefinition<Reply>, text: string): Reply {
  try {
    return definition.reply.parse(JSON.parse(text));
  } catch (cause) {
    throw Failure.terminal('LK-BUS-004', `The answer to ${definition.type} is not as defined.`, {
      cause,
    });
  }
}

/** A failure of the answering side, from the reply's header and payload. */
function failureOfReply(code: string, text: string): Failure {
  try {
    return fromWire(wireFailure.parse(JSON.parse(text)));
  } catch {
    return fromWire({ code, kind: 'terminal', message: `The answer was ${code}.` });
  }
}

function headerText(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
}
