import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator knows it: SHA-1, six digits, 30 s. */
const PERIOD_S = 30;
const facts = { issuer: 'Latchkey', algorithm: 'SHA1', digits: 6, period: PERIOD_S } as const;
/** RFC 4226, section 4: 160 bits. */
const SECRET_BYTES = 20;
/** So many steps before and after now are taken, for clocks that differ. */
const WINDOW = 1;

/** A new secret in base32, and as the address that authenticators read from a QR code. */
export function newTotp(username: string): { secret: string; uri: string } {
  const secret = new Secret({ size: SECRET_BYTES });
  return { secret: secret.base32, uri: new TOTP({ ...facts, label: username, secret }).toString() };
}

/**
 * The time step of a code, which is good for that step alone.
 * @returns `null` where the code fits none of the three steps around `nowMs`
 */
export function stepOf(secret: string, code: string, nowMs: number): number | null {
  const totp = new TOTP({ ...facts, secret: Secret.fromBase32(secret) });
  const distance = totp.validate({ token: code, timestamp: nowMs, window: WINDOW });
  if (distance === null) return null;
  return TOTP.counter({ period: PERIOD_S, timestamp: nowMs }) + distance;
}
