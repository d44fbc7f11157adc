import { createHash } from 'node:crypto';

/** The cookie that names a signed-in browser: 256 random bits, base64url. */
export const COOKIE = 'latchkey';
const VALUE = /^[A-Za-z0-9_-]{43}$/;

/** The cookie's value within a `Cookie` header; undefined where it is not there or is none of ours. */
export function cookieOf(header: string | undefined): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, value = ''] = part.trim().split('=');
    if (name === COOKIE && VALUE.test(value)) return value;
  }
  return undefined;
}

/** Under what a cookie's session is kept: who reads the bucket cannot use what is there. */
export function sessionKey(cookie: string): string {
  return createHash('sha256').update(cookie, 'ascii').digest('base64url');
}

/** A `Set-Cookie` header. `value` undefined takes the cookie away. */
export function setCookie(value: string | undefined, secure: boolean): string {
  const attributes = ['HttpOnly', 'SameSite=Strict', 'Path=/', ...(secure ? ['Secure'] : [])];
  const content = value === undefined ? [`${COOKIE}=`, 'Max-Age=0'] : [`${COOKIE}=${value}`];
  return [...content, ...attributes].join('; ');
}
