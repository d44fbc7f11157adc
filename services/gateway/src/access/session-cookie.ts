import type { Request, Response } from 'express';
import type { GatewayConfig } from '../config.js';
import { setCookie } from './cookie.pure.js';

/** Gives the browser its cookie, or with `undefined` takes it away. */
export function giveCookie(
  { request, response, config }: { request: Request; response: Response; config: GatewayConfig },
  value: string | undefined,
): void {
  // Behind a proxy that ends TLS only the setting knows it.
  const isSecure = request.secure || (config.LK_PUBLIC_URL?.startsWith('https:') ?? false);
  response.append('Set-Cookie', setCookie(value, isSecure));
}

/** Where a request comes from, as far as tries are counted. */
export function addressOf(request: Request): string {
  return request.socket.remoteAddress ?? 'unknown';
}
