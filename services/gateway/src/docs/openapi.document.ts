import { type ErrorCode, errorCodes } from '@latchkey/contracts';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiRequestBodyObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { COOKIE } from '../access/cookie.pure.js';
import { isPublic } from '../access/permissions.pure.js';
import { problemDocument } from '../http/problem.js';
import { API_PREFIX, type RouteFacts } from '../http/route.js';

export type OpenApiDocument = ReturnType<typeof createDocument>;

const tags = [
  { name: 'Access', description: 'Signing in, one’s own account, operators and their roles.' },
  { name: 'People', description: 'Registration, codes, suspension, erasure.' },
  { name: 'Doors', description: 'Doors, their settings, kiosk tokens and displays.' },
  { name: 'Events', description: 'What happened, as CloudEvents: by page, live, and in pictures.' },
  { name: 'Operations', description: 'Status, mails, dead letters, audit.' },
];

/** Codes that any route may answer. */
const anywhere: readonly ErrorCode[] = ['LK-AUTH-001', 'LK-AUTH-002', 'LK-AUTH-003', 'LK-INT-001'];
/** What a browser's requests may be answered besides. */
const byCookie: readonly ErrorCode[] = ['LK-AUTH-005'];

/** The OpenAPI 3.1 document of the routes, from the very schemas that validate requests. */
export function openApiDocument(routes: readonly RouteFacts[]): OpenApiDocument {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Latchkey',
      version: '1.0.0',
      description:
        'Virtual key entry for a campus of doors. Every error is a problem document with a stable code.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: API_PREFIX }],
    security: [{ operator: [] }, { session: [] }],
    tags,
    paths,
    components: {
      securitySchemes: {
        operator: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The operator token, printed once at the first start. Acts as administrator.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: COOKIE,
          description:
            'Given by signing in; over TLS it is called `__Host-latchkey`. What changes anything also needs the header `X-Latchkey: 1` and the same origin.',
        },
      },
    },
  });
}

function operationOf(route: RouteFacts): ZodOpenApiOperationObject {
  const { params: path, query, headers: header } = route;
  const body = requestBodyOf(route);
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    ...(isPublic(route.id) ? { security: [] } : {}),
    ...(route.details ? { description: route.details } : {}),
    requestParams: {
      ...(path ? { path } : {}),
      ...(query ? { query } : {}),
      ...(header ? { header } : {}),
    },
    ...(body ? { requestBody: body } : {}),
    responses: responsesOf(route),
  };
}

function requestBodyOf(route: RouteFacts): ZodOpenApiRequestBodyObject | undefined {
  if (route.consumes === 'picture') {
    const binary = { type: 'string', format: 'binary' } as const;
    return {
      required: true,
      content: {
        'image/*': { schema: binary },
        'multipart/form-data': {
          schema: { type: 'object', properties: { sample: binary }, required: ['sample'] },
        },
      },
    };
  }
  if (!route.body) return undefined;
  const required = !route.body.safeParse({}).success;
  return { required, content: { 'application/json': { schema: route.body } } };
}

function responsesOf(route: RouteFacts): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {
    [`${route.status}`]: {
      description: route.answer ? 'Done.' : 'Done; there is nothing to say.',
      ...(route.answer
        ? { content: { [route.produces ?? 'application/json']: { schema: route.answer } } }
        : {}),
      ...(route.answerHeaders ? { headers: headersOf(route.answerHeaders) } : {}),
    },
  };
  for (const [status, codes] of Map.groupBy(codesOf(route), (code) => errorCodes[code].http)) {
    responses[`${status as 400}`] = {
      description: codes.map((code) => `\`${code}\` ${errorCodes[code].title}`).join('\n\n'),
      content: { 'application/problem+json': { schema: problemDocument } },
    };
  }
  return responses;
}

/** Every code that a route may answer, its own first. */
export function codesOf(route: RouteFacts): ErrorCode[] {
  const takesInput = route.params ?? route.query ?? route.headers ?? route.body ?? route.consumes;
  const takesBody = route.body ?? route.consumes;
  const codes = [
    ...route.errors,
    ...(takesInput ? (['LK-REQ-001'] as const) : []),
    ...(takesBody ? (['LK-REQ-002'] as const) : []),
    ...anywhere,
    ...(isPublic(route.id) ? [] : (['LK-AUTH-004'] as const)),
    ...(route.method === 'get' ? [] : byCookie),
  ];
  return [...new Set(codes)];
}

function headersOf(headers: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [
      name,
      { description, schema: { type: 'string' as const } },
    ]),
  );
}
