import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { KIOSK_PATH } from './doorway.js';
import type { KioskPage } from './kiosk-pages.js';

const INDEX = 'index.html';

/** Scripts, styles and connections from here alone; the camera for this page alone; shown in no frame. */
const headers = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'permissions-policy':
    'camera=(self), fullscreen=(self), screen-wake-lock=(self), autoplay=(self), microphone=(), geolocation=()',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** What may be asked for, besides pages. */
export interface BrowserFacts {
  readonly pages: ReadonlyMap<string, KioskPage>;
  /** `POST /kiosk/pair`. */
  pair(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Answers a browser: the kiosk's pages under `/kiosk`, and its pairing. */
export function answerBrowser(facts: BrowserFacts): RequestListener {
  const { pages } = facts;
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = request.url?.split('?')[0] ?? '/';
    if (path === '/') return redirect(response);
    if (path === `${KIOSK_PATH}/pair`) {
      if (request.method !== 'POST') return refuseMethod(response, 'POST');
      void facts.pair(request, response);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuseMethod(response, 'GET, HEAD');
    }
    const page = pages.get(nameOf(path));
    if (page) sendPage(request, response, page);
    else sayMissing(response, pages.size === 0);
  };
}

/** `/kiosk` and `/kiosk/` are the page itself. */
function nameOf(path: string): string {
  if (path === KIOSK_PATH || path === `${KIOSK_PATH}/`) return INDEX;
  return path.startsWith(`${KIOSK_PATH}/`) ? path.slice(KIOSK_PATH.length + 1) : '';
}

function sendPage(request: IncomingMessage, response: ServerResponse, page: KioskPage): void {
  const { type, bytes, zipped, etag, isHashed } = page;
  response.setHeader('etag', etag);
  response.setHeader('vary', 'accept-encoding');
  response.setHeader(
    'cache-control',
    isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  const takesZipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const body = takesZipped && zipped ? zipped : bytes;
  if (body === zipped) response.setHeader('content-encoding', 'gzip');
  response.writeHead(200, { 'content-type': type, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function redirect(response: ServerResponse): void {
  response.writeHead(302, { location: KIOSK_PATH }).end();
}

function refuseMethod(response: ServerResponse, allow: string): void {
  response.writeHead(405, { allow, 'content-type': 'text/plain' }).end(`use ${allow}\n`);
}

function sayMissing(response: ServerResponse, isUnbuilt: boolean): void {
  response.writeHead(404, { 'content-type': 'text/plain' });
  response.end(
    isUnbuilt
      ? `The kiosk's pages are not built: run \`npm run build\`, or set LK_KIOSK_PAGES_DIR. Kiosks connect by WebSocket to ${KIOSK_PATH}.\n`
      : `There is no such page; the kiosk is at ${KIOSK_PATH}.\n`,
  );
}
