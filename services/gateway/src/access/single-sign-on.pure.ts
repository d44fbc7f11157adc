import { createHmac, randomBytes } from 'node:crypto';

const NAME = 'latchkey-sign-on';
const VALUE = /^[A-Za-z0-9_-]{43}$/;
const PLACE = /^#\/[\w\-.~/%?=&+:@,]{0,500}$/;

/** The three secrets of one sign-on: who sends the answer, whom the token is for, who may redeem the code. */
export interface SignOnSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** A new sign-on's cookie: 256 random bits, base64url. */
export function newSignOn(): string {
  return randomBytes(32).toString('base64url');
}

/** All three follow from the browser's cookie, so nobody else needs to keep them: 256 bits each, base64url. */
export function secretsOf(cookie: string): SignOnSecrets {
  const derived = (purpose: string) =>
    createHmac('sha256', cookie).update(purpose).digest('base64url');
  return { state: derived('state'), nonce: derived('nonce'), verifier: derived('verifier') };
}

/** The value of the cookie of a sign-on within a `Cookie` header; undefined where there is none of ours. */
export function signOnCookieOf(header: string | undefined, secure: boolean): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, value = ''] = part.trim().split('=');
    if (name === nameOf(secure) && VALUE.test(value)) return value;
  }
  return undefined;
}

/**
 * A `Set-Cookie` header. Lax, since the answer comes from another site; over HTTPS with the prefix that keeps other hosts of the
 * same domain from planting one. `value` undefined takes the cookie away.
 */
export function setSignOnCookie(
  value: string | undefined,
  { secure, maxAgeS }: { readonly secure: boolean; readonly maxAgeS: number },
): string {
  const content = `${nameOf(secure)}=${value ?? ''}`;
  const age = `Max-Age=${value === undefined ? 0 : maxAgeS}`;
  return [content, age, 'HttpOnly', 'SameSite=Lax', 'Path=/', ...(secure ? ['Secure'] : [])].join(
    '; ',
  );
}

function nameOf(secure: boolean): string {
  return secure ? `__Host-${NAME}` : NAME;
}

/** Where one goes on: a place within the console, else its first page. It is put behind our own `/`, so it leads nowhere else. */
export function placeOf(given: string): string {
  return PLACE.test(given) ? given : '#/';
}

/** Where the console tells that a sign-on was refused, at the place where one wanted to go. */
export function refusedPlace(place: string, code: string): string {
  return `${place}${place.includes('?') ? '&' : '?'}refused=${code}`;
}

/** What an account is vouched for as, of what its provider says of it; '' where that does not count. */
export function knownAs(claims: Readonly<Record<string, unknown>>, claim: string): string {
  const value = claims[claim];
  if (typeof value !== 'string') return '';
  if (claim !== 'email') return value.trim();
  // Only what the provider says that it checked: else anybody writes another's address into their profile.
  return claims['email_verified'] === true ? plainEmail(value) : '';
}

/** Under what an operator is invited, written as `knownAs` writes it; '' where it is none. */
export function invitationOf(given: string, claim: string): string {
  return claim === 'email' ? plainEmail(given.trim()) : given.trim();
}

/** ASCII alone, so that no letter that only looks alike, or folds to another, makes two addresses one. */
function plainEmail(address: string): string {
  return /^[\x21-\x3f\x41-\x7e]{1,64}@[A-Za-z0-9.-]{1,189}$/.test(address)
    ? address.toLowerCase()
    : '';
}
