import { keepText, keptText } from '../kept.js';

/** The door that a kiosk stands at, and the token that it made for it. */
export interface Pairing {
  readonly door: string;
  readonly name: string;
  readonly token: string;
  /** It was paired just now: its door's service may not know it yet. */
  readonly isNew?: boolean;
}

const KEY = 'latchkey.kiosk';
const OFFLINE = 'offline';
const INSECURE = 'insecure';
const WAIT_MS = 20_000;

/** The pairing that this browser keeps. */
export function keptPairing(): Pairing | null {
  try {
    const kept = JSON.parse(keptText(KEY) ?? 'null') as Partial<Pairing> | null;
    const { door, name, token } = kept ?? {};
    return door && name && token ? { door, name, token } : null;
  } catch {
    return null;
  }
}

/**
 * Pairs this browser with the door of a code: makes a token of 256 random bits, of which only the digest leaves it.
 * @returns the pairing, kept from now on; or the code of what is wrong: `offline` where capture cannot be reached,
 * `insecure` where the browser gives this page no digests, nor would it give the camera
 */
export async function pair(code: string): Promise<Pairing | { readonly fault: string }> {
  if (!isSecureContext) return { fault: INSECURE };
  const token = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  const answer = await ask({ code, tokenDigest: base64url(new Uint8Array(digest)) });
  if ('fault' in answer) return answer;
  const pairing = { ...answer, token };
  keepText(KEY, JSON.stringify(pairing));
  return pairing;
}

async function ask(
  body: object,
): Promise<{ readonly door: string; readonly name: string } | { readonly fault: string }> {
  try {
    const response = await fetch('/kiosk/pair', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(WAIT_MS),
    });
    const answer = (await response.json()) as { door: string; name: string } | { code: string };
    return 'code' in answer ? { fault: answer.code } : { door: answer.door, name: answer.name };
  } catch {
    return { fault: OFFLINE };
  }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
