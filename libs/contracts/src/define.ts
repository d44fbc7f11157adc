import type { z } from 'zod';

/** The streams that hold messages; the facts of each are in `streams.ts`. */
export type StreamName =
  | 'FRAMES'
  | 'OBSERVATIONS'
  | 'ACCESS'
  | 'ALARMS'
  | 'LOCKTESTS'
  | 'REGISTRY'
  | 'NOTICES'
  | 'DEAD';

/** The CloudEvents types under which an event travels. */
export function typesOf(definition: Pick<EventDefinition, 'type' | 'carries'>): readonly string[] {
  return definition.carries ?? [definition.type];
}

/** The tokens of a subject template: `'lk.v1.access.{door}.granted'` → `'door'`. */
export type TokenOf<Template extends string> =
  Template extends `${string}{${infer Token}}${infer Rest}` ? Token | TokenOf<Rest> : never;

/** What fills the tokens of a subject template, e.g. `{ door: 'library-north' }`. */
export type SubjectParams<Template extends string> = Record<TokenOf<Template>, string>;

/** A payload that must be refused, with the reason why. */
export interface InvalidExample {
  readonly why: string;
  readonly data: unknown;
}

/** One kind of message on the bus, defined once: all else (types, schemas, AsyncAPI, docs) is derived. */
export interface EventDefinition<Template extends string = string, Data = unknown> {
  /** The CloudEvents `type`: the subject without its tokens, e.g. `lk.v1.access.granted`. */
  readonly type: string;
  /** The CloudEvents types on the wire where they aren't `type`: a republished event keeps its own. */
  readonly carries?: readonly [string, ...string[]];
  /** The subject template, e.g. `lk.v1.access.{door}.granted`. */
  readonly template: Template;
  /** The stream that stores it; `null`: plain publish and subscribe. */
  readonly stream: StreamName | null;
  /** What it tells, in a line. */
  readonly summary: string;
  /** The schema of the event's `data`; unknown fields are dropped. */
  readonly data: z.ZodType<Data>;
  readonly example: Data;
  readonly invalid: readonly InvalidExample[];
}

/** A question on the bus and its answer (core NATS request and reply). */
export interface RequestDefinition<Reply = unknown> {
  readonly type: string;
  readonly template: string;
  readonly summary: string;
  /** The media type of the question's payload. */
  readonly requestContentType: string;
  /** The longest that an asker waits. */
  readonly timeoutMs: number;
  /** The schema of the answer, which is JSON. */
  readonly reply: z.ZodType<Reply>;
  readonly example: Reply;
}

/** How every subject and type of this version begins. */
const PREFIX = 'lk.v1.';

/** A type in full: `access.granted` is `lk.v1.access.granted`. */
export function fullTypeOf(type: string): string {
  return type.startsWith(PREFIX) ? type : PREFIX + type;
}

/** A type without how all begin: `lk.v1.access.granted` is `access.granted`. */
export function shortTypeOf(type: string): string {
  return type.startsWith(PREFIX) ? type.slice(PREFIX.length) : type;
}

const TOKEN = /\{([a-z]+)\}/g;
/** A subject token: no dot, no wildcard, no white space (NATS, Subject-Based Messaging). */
const TOKEN_VALUE = /^[A-Za-z0-9_-]{1,64}$/;

/** Defines an event; `example` must satisfy `data` (a test holds it to that). */
export function defineEvent<const Template extends string, Data>(definition: {
  template: Template;
  carries?: readonly [string, ...string[]];
  stream: StreamName | null;
  summary: string;
  data: z.ZodType<Data>;
  example: NoInfer<Data>;
  invalid: readonly InvalidExample[];
}): EventDefinition<Template, Data> {
  return { ...definition, type: typeOf(definition.template) };
}

function typeOf(template: string): string {
  return template.replaceAll(/\.\{[a-z]+\}/g, '');
}

/** Defines a question and its answer. */
export function defineRequest<Reply>(
  definition: Omit<RequestDefinition<Reply>, 'type'>,
): RequestDefinition<Reply> {
  return { ...definition, type: typeOf(definition.template) };
}

/**
 * The subject of a message, its tokens filled in.
 * @throws RangeError where a value is no subject token: a dot or a wildcard would reach other subjects.
 */
export function subjectOf<Template extends string>(
  definition: { readonly template: Template },
  params: SubjectParams<Template>,
): string {
  const values: Record<string, string> = params;
  return definition.template.replaceAll(TOKEN, (_, token: string) => {
    const value = values[token] ?? '';
    if (!TOKEN_VALUE.test(value)) {
      throw new RangeError(
        `${definition.template}: ${token} must be 1-64 letters, digits, - or _, but is ${JSON.stringify(value)}`,
      );
    }
    return value;
  });
}

/** The subject with `*` for each token: what a consumer filters on. */
export function filterOf(definition: { readonly template: string }): string {
  return definition.template.replaceAll(TOKEN, '*');
}

/** The tokens' values in a subject, or `null` where the subject isn't of this definition. */
export function paramsOf<Template extends string>(
  definition: { readonly template: Template },
  subject: string,
): SubjectParams<Template> | null {
  const pattern = definition.template.split('.');
  const parts = subject.split('.');
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (expected.startsWith('{')) params[expected.slice(1, -1)] = part;
    else if (expected !== part) return null;
  }
  return params as SubjectParams<Template>;
}
