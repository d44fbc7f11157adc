/** Keys whose values never reach a log, whatever they hold and however deep they lie. */
const SECRET_KEY =
  /(template|embedding|vector|^text$|token|password|passwd|^pass$|e-?mail|authorization|cookie|secret|seed|sealed|pepper|masterkey|privatekey|^jpeg$|^picture$|^creds$)/i;
/** `code` is the QR code's text or an error's code; only what has the shape of the latter is shown. */
const ERROR_CODE = /^(LK-[A-Z]+-\d{3}|E[A-Z]{2,30}|ERR_[A-Z_]+|\d{1,5})$/;
const CODE_KEY = /code$/i;
/**
 * Texts that give themselves away: our codes, credentials in an address, addresses of mail as typed or in a URL. What
 * stands before an `@` is bounded, or begins at what comes before it: else each place in a long word is tried to its end.
 */
const CODE_TEXT = /LK1\.[A-Za-z0-9_-]+/g;
const CREDENTIALS = /(?<=\w:\/\/)[^\s/@]+@/g;
const MAIL_ADDRESS =
  /(?:[\w.+-]|%(?!40)){1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){0,20}\.[A-Za-z]{2,63}/g;
const MAX_DEPTH = 8;
const MAX_ITEMS = 64;
const MAX_TEXT = 4_000;

export const REDACTED = '[redacted]';

/** A copy of what is to be logged, without its secrets, bounded in depth and length; cycles end as `[deep]`. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ITEMS).map((item: unknown) => redact(item, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, redactField(key, item, depth)]),
  );
}

/** A text without codes, addresses and credentials in it, cut where it is long. */
export function redactText(text: string): string {
  const redacted = text
    .replaceAll(CODE_TEXT, 'LK1.[redacted]')
    .replaceAll(CREDENTIALS, `${REDACTED}@`)
    .replaceAll(MAIL_ADDRESS, REDACTED);
  return redacted.length > MAX_TEXT ? `${redacted.slice(0, MAX_TEXT)}[cut]` : redacted;
}

function redactField(key: string, value: unknown, depth: number): unknown {
  if (value === undefined || value === null || typeof value === 'boolean') return value;
  if (CODE_KEY.test(key)) return isErrorCode(value) ? value : REDACTED;
  if (SECRET_KEY.test(key)) return REDACTED;
  return redact(value, depth + 1);
}

function isErrorCode(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && ERROR_CODE.test(value));
}

function describeError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause, ...rest } = error;
  return {
    ...(redact(rest, depth) as object),
    type: name,
    message: redactText(message),
    stack: redactText(stack ?? ''),
    ...(cause === undefined ? {} : { cause: redact(cause, depth + 1) }),
  };
}
