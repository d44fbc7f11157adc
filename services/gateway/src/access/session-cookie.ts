import type { Operator } from '@latchkey/contracts/grpc';
import { networkOf } from '@latchkey/runtime';
import type { Request, Response } from 'express';
import type { GatewayConfig } from '../config.js';
import { cookieOf, setCookie } from './cookie.pure.js';
import type { Sessions } from './sessions.js';

/** A request, its answer, and the settings by which a cookie is given. */
export interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly config: GatewayConfig;
}

/** Gives the browser its cookie, or with `undefined` takes it away. */
export function giveCookie(
  { request, response, config }: Exchange,
  value: string | undefined,
): void {
  response.append('Set-Cookie', setCookie(value, isSecure(request, config.LK_PUBLIC_URL)));
}

/** The cookie that a request brings. */
export function givenCookie({ request, config }: Pick<Exchange, 'request' | 'config'>) {
  return cookieOf(request.get('cookie'), isSecure(request, config.LK_PUBLIC_URL));
}

/** Whether the browser speaks TLS. Behind a proxy that ends it only a setting knows: the public address, or who the proxy is. */
export function isSecure(request: Request, publicUrl: string | undefined): boolean {
  return request.secure || (publicUrl?.startsWith('https:') ?? false);
}

/** Where a request comes from, as far as tries are counted; of a proxy that is trusted, what it says. */
export function addressOf(request: Request): string {
  return networkOf(request.ip ?? 'unknown');
}

/** After a change that ended all that an operator had begun (the stamp is another one): here it goes on. */
export async function goOnHere(
  exchange: Exchange,
  sessions: Sessions,
  changed: Operator,
): Promise<void> {
  giveCookie(exchange, await sessions.open(changed));
  const last = givenCookie(exchange);
  if (last !== undefined) await sessions.close(last);
}
