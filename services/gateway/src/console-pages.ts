import { fileURLToPath } from 'node:url';
import compression from 'compression';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

/** The console runs its own scripts and styles and talks to us alone; it is framed by nobody. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "font-src 'self'",
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
/**
 * The checkout's own, by its place and not as a package: the console is built from the gateway's types, so that a package
 * that needed its pages would need itself.
 */
const builtPages = fileURLToPath(new URL('../../../apps/console/dist/console', import.meta.url));
const YEAR_S = 365 * 24 * 60 * 60;
const NOT_BUILT =
  'The console is not built: run `npm run build`, or set LK_CONSOLE_DIR to the folder of its pages.\nThe API is at /api/v1, its description at /api/v1/docs.\n';

/** Serves the built console: its files alone, open to anyone, since they hold no data. What is none goes on to the guard. */
export function serveConsole(express: NestExpressApplication, given: string | undefined): void {
  // Only what is the same for everyone: an answer of the API, compressed, would tell of a secret in it by its length (BREACH).
  express.use('/assets', compression());
  express.useStaticAssets(given ?? builtPages, {
    index: 'index.html',
    redirect: false,
    dotfiles: 'ignore',
    setHeaders: (response, path) => setPageHeaders(response as Response, path),
  });
  express.use((request: Request, response: Response, next: NextFunction) => {
    if (request.path !== '/' || !['GET', 'HEAD'].includes(request.method)) next();
    else response.status(503).type('text/plain').send(NOT_BUILT);
  });
}

/** Files under `assets` have their content's hash in their name; all else, such as `index.html`, is asked for anew. */
function setPageHeaders(response: Response, path: string): void {
  const isHashed = /[/\\]assets[/\\][^/\\]+$/.test(path);
  response.setHeader('Content-Security-Policy', pagePolicy);
  // Without it some browsers send the origin as null, even to ourselves.
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(self), microphone=(), geolocation=()');
  response.setHeader(
    'Cache-Control',
    isHashed ? `public, max-age=${YEAR_S}, immutable` : 'no-store',
  );
}
