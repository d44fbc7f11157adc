import { z } from 'zod';
import {
  doorDisplay,
  doorPolicy,
  doorPresence,
  doorSettings,
  events,
  kioskMessage,
  kioskUpdate,
  requests,
} from '../index.js';

/** The JSON Schema (2020-12) of a payload as it is read. */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' }) as Record<
    string,
    unknown
  >;
}

/** Every published schema by name: the data of each event, the answers, the kiosk protocol, a door's values. */
export function allSchemas(): Map<string, Record<string, unknown>> {
  const schemas = new Map<string, Record<string, unknown>>();
  for (const event of events)
    schemas.set(event.type, { title: event.summary, ...jsonSchemaOf(event.data) });
  for (const request of requests) {
    schemas.set(`${request.type}.reply`, {
      title: request.summary,
      ...jsonSchemaOf(request.reply),
    });
  }
  const values = { doorSettings, doorPolicy, doorDisplay, doorPresence, kioskMessage, kioskUpdate };
  for (const [name, schema] of Object.entries(values)) schemas.set(name, jsonSchemaOf(schema));
  return schemas;
}
