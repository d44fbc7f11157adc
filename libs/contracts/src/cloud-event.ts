import { z } from 'zod';
import { type EventDefinition, typesOf } from './define.js';

const envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(200),
  source: z.string().min(1).max(200),
  type: z.string().min(1).max(200),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  correlationid: z.string().min(1).max(64),
  data: z.unknown(),
});

/** A CloudEvents 1.0 envelope in structured JSON mode, with the attempt's correlation id as an extension. */
export interface CloudEvent<Data = unknown> extends z.infer<typeof envelope> {
  readonly data: Data;
}

/** The schema of every event's envelope. */
export const cloudEventEnvelope: z.ZodType<CloudEvent> = envelope;

/** Why a message could not be read as the event it should be. */
export class EventParseError extends Error {
  override readonly name = 'EventParseError';
}

/** Builds an event. `id` becomes the message id, by which the broker drops doubles. */
export function createEvent<Data>(
  definition: EventDefinition<string, Data>,
  facts: { id: string; source: string; timeMs: number; correlationId: string; data: Data },
): CloudEvent<Data> {
  return {
    specversion: '1.0',
    id: facts.id,
    source: `/latchkey/${facts.source}`,
    type: definition.carries?.[0] ?? definition.type,
    time: new Date(facts.timeMs).toISOString(),
    datacontenttype: 'application/json',
    correlationid: facts.correlationId,
    data: facts.data,
  };
}

/**
 * Reads an event and checks it against its definition; unknown fields are dropped.
 * @throws EventParseError that says what was expected and what came, but no value of the payload.
 */
export function parseEvent<Data>(
  definition: EventDefinition<string, Data>,
  payload: Uint8Array | string,
): CloudEvent<Data> {
  const event = parseEnvelope(payload);
  const expected = typesOf(definition);
  if (!expected.includes(event.type)) {
    throw new EventParseError(
      `expected an event of type ${expected.join(' or ')}, got ${event.type}`,
    );
  }
  const data = definition.data.safeParse(event.data);
  if (!data.success) throw new EventParseError(`${definition.type}: ${faultsOf(data.error)}`);
  return { ...event, data: data.data };
}

/**
 * Reads an event's envelope alone; the `data` is left unchecked.
 * @throws EventParseError where the payload is no CloudEvents 1.0 event in JSON.
 */
export function parseEnvelope(payload: Uint8Array | string): CloudEvent {
  let json: unknown;
  try {
    json = JSON.parse(typeof payload === 'string' ? payload : new TextDecoder().decode(payload));
  } catch {
    throw new EventParseError(
      'expected a CloudEvents 1.0 event in JSON, got something that is no JSON',
    );
  }
  const parsed = envelope.safeParse(json);
  if (!parsed.success)
    throw new EventParseError(`not a CloudEvents 1.0 event: ${faultsOf(parsed.error)}`);
  return parsed.data;
}

/** The faults of a payload as one line, by path, without its values: they may be secret. */
export function faultsOf(error: z.ZodError): string {
  return error.issues
    .map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.message}`)
    .join('; ');
}
