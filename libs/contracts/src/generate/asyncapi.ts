import {
  deadHeaderNotes,
  deadHeaders,
  deadSubject,
  type EventDefinition,
  events,
  frameHeaderNotes,
  frameHeaders,
  frameSubject,
  requests,
  streams,
} from '../index.js';
import { jsonSchemaOf } from './schemas.js';

type Json = Record<string, unknown>;

const TOKENS: Readonly<Record<string, string>> = {
  door: 'The door.',
  camera: 'The camera within its door.',
  consumer: 'The durable consumer.',
  stream: 'The stream that held the message.',
};

function addressOf(template: string): { address: string; parameters: Json } {
  const tokens = [...template.matchAll(/\{([a-z]+)\}/g)].map((match) => match[1] ?? '');
  return {
    address: template,
    parameters: Object.fromEntries(
      tokens.map((token) => [token, { description: TOKENS[token] ?? token }]),
    ),
  };
}

function envelopeOf(event: EventDefinition): Json {
  return {
    type: 'object',
    required: [
      'specversion',
      'id',
      'source',
      'type',
      'time',
      'datacontenttype',
      'correlationid',
      'data',
    ],
    properties: {
      specversion: { const: '1.0' },
      id: {
        type: 'string',
        minLength: 1,
        maxLength: 200,
        description: 'Also the message id, by which the broker drops doubles.',
      },
      source: {
        type: 'string',
        minLength: 1,
        maxLength: 200,
        description: 'The service that tells it, as /latchkey/<service>.',
      },
      type: event.carries ? { enum: event.carries } : { const: event.type },
      time: { type: 'string', format: 'date-time' },
      datacontenttype: { const: 'application/json' },
      correlationid: {
        type: 'string',
        minLength: 1,
        maxLength: 64,
        description: 'The attempt, or what else belongs together.',
      },
      data: jsonSchemaOf(event.data),
    },
  };
}

function messageOf(event: EventDefinition): Json {
  const { stream } = event;
  return {
    name: event.type,
    summary: event.summary,
    description: stream
      ? `Stored by the stream ${stream}: ${streams[stream].summary}`
      : 'Not stored.',
    contentType: 'application/cloudevents+json',
    payload: envelopeOf(event),
  };
}

/** What an outsider tells the services: nobody stores it. What the broker tells again isn't theirs. */
const isWish = ({ stream, carries }: EventDefinition) => stream === null && carries === undefined;

/** The AsyncAPI 3.0 document of the bus, from the outsider's side: what can be received, and what sent. */
export function asyncApiDocument(version: string): Json {
  const channels: Json = {};
  const operations: Json = {};
  const messages: Json = {};
  for (const event of events) {
    const key = event.type.replaceAll('.', '_');
    messages[key] = messageOf(event);
    channels[key] = {
      ...addressOf(event.template),
      messages: { [key]: { $ref: `#/components/messages/${key}` } },
    };
    operations[key] = {
      action: isWish(event) ? 'send' : 'receive',
      summary: event.summary,
      channel: { $ref: `#/channels/${key}` },
    };
  }
  messages['frame'] = {
    name: 'frame',
    summary: frameSubject.summary,
    contentType: 'image/jpeg',
    headers: {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(frameHeaderNotes).map(([field, { summary }]) => [
          Reflect.get(frameHeaders, field),
          { type: 'string', description: summary },
        ]),
      ),
      required: Object.entries(frameHeaderNotes)
        .filter(([, { required }]) => required)
        .map(([field]): unknown => Reflect.get(frameHeaders, field)),
    },
    payload: { type: 'string', format: 'binary' },
  };
  channels['frame'] = {
    ...addressOf(frameSubject.template),
    messages: { frame: { $ref: '#/components/messages/frame' } },
  };
  operations['frame'] = {
    action: 'send',
    summary: frameSubject.summary,
    channel: { $ref: '#/channels/frame' },
  };
  addDeadLetters(channels, operations, messages);
  addRequests(channels, operations, messages);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Latchkey bus',
      version,
      description:
        'Events are CloudEvents 1.0 in structured JSON mode. They name people by id only.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: { broker: { host: '127.0.0.1:4222', protocol: 'nats' } },
    defaultContentType: 'application/cloudevents+json',
    channels,
    operations,
    components: { messages },
  };
}

function addDeadLetters(channels: Json, operations: Json, messages: Json): void {
  messages['dead'] = {
    name: 'dead',
    summary: deadSubject.summary,
    contentType: 'application/octet-stream',
    headers: {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(deadHeaderNotes).map(([field, summary]) => [
          Reflect.get(deadHeaders, field),
          { type: 'string', description: summary },
        ]),
      ),
    },
    payload: { type: 'string', format: 'binary' },
  };
  channels['dead'] = {
    ...addressOf(deadSubject.template),
    messages: { dead: { $ref: '#/components/messages/dead' } },
  };
  operations['dead'] = {
    action: 'receive',
    summary: deadSubject.summary,
    channel: { $ref: '#/channels/dead' },
  };
}

function addRequests(channels: Json, operations: Json, messages: Json): void {
  for (const request of requests) {
    const key = request.type.replaceAll('.', '_');
    messages[key] = {
      name: request.type,
      summary: request.summary,
      contentType: request.requestContentType,
      payload: { type: 'string', format: 'binary' },
    };
    messages[`${key}_reply`] = {
      name: `${request.type}.reply`,
      contentType: 'application/json',
      payload: jsonSchemaOf(request.reply),
    };
    channels[key] = {
      ...addressOf(request.template),
      messages: { [key]: { $ref: `#/components/messages/${key}` } },
    };
    channels[`${key}_reply`] = {
      address: null,
      messages: { [`${key}_reply`]: { $ref: `#/components/messages/${key}_reply` } },
    };
    operations[key] = {
      action: 'send',
      summary: request.summary,
      channel: { $ref: `#/channels/${key}` },
      reply: { channel: { $ref: `#/channels/${key}_reply` } },
    };
  }
}
