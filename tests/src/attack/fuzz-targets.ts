import { checkFrame, parseKioskMessage } from '@latchkey/capture/parsers';
import {
  createEvent,
  EventParseError,
  type EventDefinition,
  events,
  frameFacts,
  frameSubject,
  paramsOf,
  parseEvent,
  requests as questions,
} from '@latchkey/contracts';
import * as grpc from '@latchkey/contracts/grpc';
import * as gateway from '@latchkey/gateway/parsers';
import { describeCodes } from '@latchkey/qr/parsers';
import * as registry from '@latchkey/registry/parsers';
import { createLogger, Failure, openingFault } from '@latchkey/runtime';
import {
  type Chance,
  changedBytes,
  changedJson,
  hostileObject,
  hostileValue,
  veryLong,
} from './fuzz-inputs.pure.js';
import type { FuzzTarget } from './fuzz-run.js';

/** A class of errors, whoever may construct it. */
export interface ErrorKind {
  [Symbol.hasInstance](value: unknown): boolean;
}

/** Runs it; errors of these classes are how it says no. */
export function expecting(classes: readonly ErrorKind[], act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!classes.some((kind) => kind[Symbol.hasInstance](error))) throw error;
  }
}

const textOf = (chance: Chance): string => {
  const value = hostileValue(chance);
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return chance.below(2) === 0 ? text : changedBytes(chance, Buffer.from(text)).toString('utf8');
};

const said = (definition: EventDefinition): unknown =>
  createEvent(definition, {
    id: 'fuzz-1',
    source: 'fuzz',
    timeMs: 1_790_000_000_000,
    correlationId: 'fuzz',
    data: definition.example,
  });

const messages: readonly FuzzTarget[] = events.map((definition) => {
  const seed = said(definition);
  const subject = definition.template.replaceAll(/\{\w+\}/g, 'north');
  return {
    name: `message ${definition.type}`,
    kind: 'messages',
    inputs: 2_500,
    tryOne: (chance) => {
      paramsOf(definition, changedBytes(chance, Buffer.from(subject)).toString('utf8'));
      expecting([EventParseError], () => parseEvent(definition, changedJson(chance, seed)));
    },
  };
});

const replies: readonly FuzzTarget[] = questions.map(({ type, reply, example }) => ({
  name: `answer ${type}`,
  kind: 'messages',
  inputs: 3_000,
  tryOne: (chance) =>
    expecting([SyntaxError], () =>
      reply.safeParse(JSON.parse(changedJson(chance, example).toString())),
    ),
}));

const granted = events.find(({ type }) => type === 'lk.v1.access.granted');
const relay: FuzzTarget = {
  name: 'opening at a relay',
  kind: 'messages',
  inputs: 20_000,
  tryOne: (chance) =>
    expecting([EventParseError], () => {
      if (!granted) throw new TypeError('there is no event of a grant');
      const event = {
        ...(said(granted) as object),
        data: hostileObject(chance, ['door', 'expiresAt', 'signature']),
      };
      const facts = { door: 'north', publicKeys: [], nowMs: 0, done: new Set<string>() };
      if (openingFault(event as never, facts) === null) throw new TypeError('it opened');
      parseEvent(granted, JSON.stringify(event));
    }),
};

const hello = { type: 'hello', door: 'library-north', camera: 'kiosk', token: 'a'.repeat(43) };
const atTheKiosk: readonly FuzzTarget[] = [
  {
    name: 'WebSocket message of a kiosk',
    kind: 'WebSocket',
    inputs: 150_000,
    tryOne: (chance) => {
      const seed = chance.one([hello, { type: 'cancel' }, { type: 'new-code' }]);
      parseKioskMessage(changedJson(chance, seed));
    },
  },
  {
    name: 'frame’s facts in its headers',
    kind: 'frames',
    inputs: 30_000,
    tryOne: (chance) => {
      paramsOf(frameSubject, `lk.v1.frame.${textOf(chance)}`);
      const names = ['door', 'camera', 'id', 'widthPx', 'heightPx', 'heldMs', 'mirrored'];
      frameFacts.safeParse(hostileObject(chance, names));
    },
  },
];

/** A frame's structure, as capture reads it of each one. */
export const jpegStructure = (seeds: readonly Uint8Array[]): FuzzTarget => ({
  name: 'JPEG’s structure',
  kind: 'frames',
  inputs: 500_000,
  tryOne: (chance) => checkFrame(changedBytes(chance, chance.one(seeds))),
});

/** Texts of codes, as people or a camera give them. */
export function codes(registryKey: string): readonly FuzzTarget[] {
  const where = {
    door: 'library-north',
    frame: '018f3c2e-7b1a-7c3d-9e4f-5a6b7c8d9e0f',
    capturedAt: 1,
  };
  const keys = { registryKey, tagKey: Buffer.alloc(32, 1) };
  return [
    {
      name: 'code’s text',
      kind: 'codes',
      inputs: 50_000,
      tryOne: (chance) => {
        const text = textOf(chance);
        if (registry.isCodeText(text) && text.length !== 26) throw new TypeError('too long');
        registry.digestOf(keys.tagKey, text);
        registry.pairingDigestsOf([keys.tagKey], text);
      },
    },
    {
      name: 'code that a camera read',
      kind: 'codes',
      inputs: 1_000,
      tryOne: (chance) => {
        const text = `${chance.one(['', 'LK1.'])}${textOf(chance)}`;
        const box = { x: -1e9, y: 0.5, width: 0, height: 1e9 };
        const corner = { x: 0, y: 0 };
        const corners = [corner, corner, corner, corner] as const;
        describeCodes([{ text, corners, box, reader: 'zxing' }], where, keys);
      },
    },
  ];
}

const list = [
  'id,name,email,guard,groups,language',
  'p1,Asha Rao,asha@campus.example,yes,staff;night,en',
  'p2,"Rao, Ben ""B""",ben@campus.example,no,,es',
  "p3,'=1+1,dora@campus.example,,,hi",
].join('\r\n');

const routeParts = ['params', 'query', 'headers', 'body'] as const;
const byHttp: readonly FuzzTarget[] = [
  {
    name: 'CSV of people',
    kind: 'CSV',
    inputs: 25_000,
    tryOne: (chance) => {
      const seed = chance.below(5) === 0 ? `${list}\r\n${textOf(chance)}` : list;
      gateway.readPeople(changedBytes(chance, Buffer.from(seed)).toString('utf8'));
    },
  },
  ...gateway.routes.map(
    (route): FuzzTarget => ({
      name: `REST ${route.id}`,
      kind: 'REST',
      inputs: 1_500,
      tryOne: (chance) => {
        const given = routeParts.map((part) => {
          const schema = route[part];
          const keys = schema && 'shape' in schema ? Object.keys(schema.shape) : [];
          return [part, chance.below(9) === 0 ? hostileValue(chance) : hostileObject(chance, keys)];
        });
        expecting([gateway.Problem], () => gateway.parseRequest(route, Object.fromEntries(given)));
      },
    }),
  ),
  {
    name: 'cookies, tokens and cursors',
    kind: 'REST',
    inputs: 150_000,
    tryOne: (chance) => {
      const text = textOf(chance);
      gateway.cookieOf(`a=b; latchkey=${text}; latchkey=${text}`, false);
      gateway.bearerOf(`Bearer ${text}`);
      gateway.toPlace(text);
      expecting([RangeError], () => gateway.fromCursor(text));
    },
  },
];

const nothing = new Uint8Array();
const protobufs = [
  {
    kind: grpc.Person,
    seed: grpc.Person.encode({
      ...grpc.Person.decode(nothing),
      person: 'p1',
      name: 'Asha Rao',
      groups: ['staff'],
      version: 3,
    }).finish(),
  },
  {
    kind: grpc.UseCodeRequest,
    seed: grpc.UseCodeRequest.encode({
      ...grpc.UseCodeRequest.decode(nothing),
      attempt: 'a1',
      candidates: ['p1', 'p2'],
      sealed: 'A'.repeat(40),
      capturedAt: 1,
    }).finish(),
  },
] as const;

const toRegistry: readonly FuzzTarget[] = [
  {
    name: 'registry’s requests',
    kind: 'gRPC',
    inputs: 15_000,
    tryOne: (chance) => {
      const schema = chance.one(Object.values(registry.requests));
      const keys = 'shape' in schema ? Object.keys(schema.shape) : [];
      expecting([Failure], () => registry.checked(schema as never, hostileObject(chance, keys)));
      expecting([Failure], () => registry.readSettings(textOf(chance)));
    },
  },
  {
    name: 'protobuf of the registry',
    kind: 'gRPC',
    inputs: 100_000,
    tryOne: (chance) => {
      const { kind, seed } = chance.one(protobufs);
      const bytes = changedBytes(chance, seed);
      // What cannot be read is refused by grpc-js, whatever the error is.
      expecting([Error], () => kind.decode(bytes));
    },
  },
];

const logger = createLogger({
  service: 'fuzz',
  instance: 'fuzz',
  level: 'trace',
  destination: { write: () => undefined },
});
const logged: FuzzTarget = {
  name: 'log line',
  kind: 'logs',
  inputs: 1_000,
  tryOne: (chance) => {
    const url = chance.below(40) === 0 ? veryLong(chance) : textOf(chance);
    logger.debug({ url, err: new TypeError(textOf(chance)), field: hostileValue(chance) }, url);
  },
};

/** Every parser but those of pictures' pixels. */
export const pureTargets: readonly FuzzTarget[] = [
  ...atTheKiosk,
  ...messages,
  ...replies,
  relay,
  logged,
  ...byHttp,
  ...toRegistry,
];
