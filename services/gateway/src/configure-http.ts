import type { IncomingMessage } from 'node:http';
import { HEALTH, type Health, isLoopback, type Logger, LOGGER } from '@latchkey/runtime';
import type { INestApplication } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import multer, { MulterError } from 'multer';
import type { GatewayConfig } from './config.js';
import { RoleGuard } from './access/role.guard.js';
import { Sessions } from './access/sessions.js';
import { serveConsole } from './console-pages.js';
import { DOCS_STYLE_SHA256 } from './docs/docs.page.pure.js';
import { openPages } from './docs/docs.paths.js';
import { isPublic } from './access/permissions.pure.js';
import { correlate } from './http/correlation.middleware.js';
import { countFailedTries } from './http/failed-tries.js';
import { guardWith } from './http/guard.middleware.js';
import { operatorToken, showOperatorToken } from './http/operator-token.js';
import { Problem } from './http/problem.js';
import { ProblemFilter } from './http/problem.filter.js';
import { expressPath, matchesPath } from './http/route.js';
import { addSample, importPeople } from './people/people.routes.js';
import { IMPORT_BODY_MAX_BYTES } from './people/people.schemas.js';
import { routes } from './route-table.js';
import { SAMPLE_MAX_BYTES } from './people/sample-picture.js';

const JSON_MAX_BYTES = 64 * 1024;

/** What is no page of the console: of the API only its description is shown, with one style sheet and no scripts. */
const contentPolicy = {
  'default-src': ["'none'"],
  'style-src': [`'sha256-${DOCS_STYLE_SHA256}'`],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** What stands before the controllers, in this order: name, headers, guard, and only then the body. */
export async function configureHttp(app: INestApplication, config: GatewayConfig): Promise<void> {
  const express = app as NestExpressApplication;
  const token = await operatorToken(config.LK_KEYS_DIR);
  if (token.made !== undefined) await showOperatorToken(token.made, config.LK_OPERATOR_TOKEN_FILE);
  express.disable('x-powered-by');
  express.disable('etag');
  express.set('query parser', 'simple');
  express.set('trust proxy', config.LK_TRUSTED_PROXIES);
  express.use(
    correlate,
    helmet({ contentSecurityPolicy: { useDefaults: false, directives: contentPolicy } }),
    withoutStore,
  );
  serveConsole(express, config.LK_CONSOLE_DIR);
  express.use(
    guardWith({
      digests: token.digests,
      tries: countFailedTries(),
      sessions: express.get(Sessions),
      open: [...openPages, ...routes.filter(({ id }) => isPublic(id)).map(expressPath)],
      publicOrigin: config.LK_PUBLIC_URL && new URL(config.LK_PUBLIC_URL).origin,
    }),
  );
  warnOfPlainHttp(config, express.get<Logger>(LOGGER), express.get<Health>(HEALTH));
  express.useGlobalGuards(new RoleGuard());
  readBodies(express);
  express.useGlobalFilters(new ProblemFilter(express.get<Logger>(LOGGER)));
}

/** A sample's body is a picture; every other body is JSON, whatever it is called; only a list of people may be long. */
function readBodies(express: NestExpressApplication): void {
  const takesPicture = (request: IncomingMessage) =>
    matchesPath(addSample, request.url?.split('?')[0] ?? '');
  const isForm = (request: IncomingMessage) =>
    /^multipart\/form-data/i.test(request.headers['content-type'] ?? '');
  express.useBodyParser('raw', {
    limit: SAMPLE_MAX_BYTES,
    type: (request: IncomingMessage) => takesPicture(request) && !isForm(request),
  });
  const takesList = (request: IncomingMessage) =>
    matchesPath(importPeople, request.url?.split('?')[0] ?? '');
  express.useBodyParser('json', { limit: IMPORT_BODY_MAX_BYTES, type: takesList });
  express.useBodyParser('json', {
    limit: JSON_MAX_BYTES,
    type: (request: IncomingMessage) => !takesPicture(request) && !takesList(request),
  });
  const limits = { fileSize: SAMPLE_MAX_BYTES, files: 1, fields: 0, parts: 1 };
  const form = multer({ storage: multer.memoryStorage(), limits }).single('sample');
  express.use((request: Request, response: Response, next: NextFunction) => {
    if (!takesPicture(request) || !isForm(request)) return next();
    void form(request, response, (fault: unknown) => next(fault && formFault(fault)));
  });
}

/** Without TLS, cookies and passwords are read by whoever is on the way. */
function warnOfPlainHttp(config: GatewayConfig, log: Logger, health: Health): void {
  const isBehindTls =
    config.LK_TLS_CERT_FILE !== undefined || config.LK_PUBLIC_URL?.startsWith('https:') === true;
  const { LK_GATEWAY_HOST: host } = config;
  if (isLoopback(host) || isBehindTls || config.LK_TRUSTED_PROXIES.length > 0) return;
  const warning = `The console is served to other machines without TLS (LK_GATEWAY_HOST is ${host}): passwords and cookies pass in clear. Set LK_TLS_CERT_FILE and LK_TLS_KEY_FILE, or LK_PUBLIC_URL to the https address of the proxy before it.`;
  log.warn(warning);
  health.addWarning(warning);
}

/** A form that is broken off, or none, is the sender's fault; the parser below multer says so by a bare error. */
function formFault(fault: unknown): unknown {
  if (!(fault instanceof Error) || fault instanceof MulterError) return fault;
  const said = `The form cannot be read: ${fault.message}.`;
  return new Problem('LK-REQ-001', said, { cause: fault });
}

/** Answers are of now, and some hold secrets: nobody on the way keeps them. */
function withoutStore(_request: Request, response: Response, next: NextFunction): void {
  response.set('Cache-Control', 'no-store');
  next();
}
