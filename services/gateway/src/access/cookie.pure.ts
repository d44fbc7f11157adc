import { createHash } from 'node:crypto';

/** The cookie that names a signed-in browser: 256 random bits, base64url. */
export const COOKIE = 'latchkey';
/** Over TLS: a browser takes a cookie of this name from this very host alone, so none beside it can plant one. */
const HOST_COOKIE = '__Host-latchkey';
const VALUE = /^[A-Za-z0-9_-]{43}$/;

function nameOf(isSecure: boolean): string {
  return isSecure ? HOST_COOKIE : COOKIE;
}

/**
 * The cookie's value within a `Cookie` header; undefined where it is not there or is none of ours.
 * @param isSecure whether the browser speaks TLS: then the name is one that no other host can give
 */
export function cookieOf(header: string | undefined, isSecure: boolean): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, value = ''] = part.trim().split('=');
    if (name === nameOf(isSecure) && VALUE.test(value)) return value;
  }
  return undefined;
}

/** Under what a cookie's session is kept: who reads the bucket cannot use what is there. */
export function sessionKey(cookie: string): string {
  return createHash('sha256').update(cookie, 'ascii').digest('base64url');
}

/** A `Set-Cookie` header. `value` undefined takes the cookie away. */
export function setCookie(value: string | undefined, isSecure: boolean): string {
  const name = nameOf(isSecure);
  const attributes = ['HttpOnly', 'SameSite=Strict', 'Path=/', ...(isSecure ? ['Secure'] : [])];
  const content = value === undefined ? [`${name}=`, 'Max-Age=0'] : [`${name}=${value}`];
  return [...content, ...attributes].join('; ');
}
