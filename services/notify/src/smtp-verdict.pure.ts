/** What is known of a failed try to send: nodemailer's `code`, the server's reply and the SMTP command it answered. */
export interface SmtpFault {
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  readonly command?: string | undefined;
}

/** Whether the same mail may pass later, and the fault in words that hold no address and nothing of the mail. */
export interface SmtpVerdict {
  readonly final: boolean;
  readonly fault: string;
}

/** Replies about us, not about the mail: a login that is missing, refused or too weak (RFC 4954), or no TLS (RFC 3207). */
const ABOUT_LOGIN = new Set([530, 534, 535, 538]);
/** Commands whose refusal is about this mail. A refused sender or greeting is a setting to be mended. */
const ABOUT_THE_MAIL = /^(RCPT TO|DATA|BDAT)/;
/** RFC 3463: class.subject.detail, after the reply code. */
const ENHANCED_STATUS = /^\d{3}[ -](?<status>[245]\.\d{1,3}\.\d{1,3})\b/;

const FIRST_DELAY_MS = 1_000;
const DELAY_FACTOR = 3;
const LONGEST_DELAY_MS = 60 * 60_000;

/** A lasting refusal (5xx) of the recipient or the content is final; all else may pass. The server's text is left out: it often repeats the address. */
export function judgeSmtp(fault: SmtpFault): SmtpVerdict {
  const reply = fault.responseCode ?? 0;
  const final =
    reply >= 500 &&
    reply < 600 &&
    !ABOUT_LOGIN.has(reply) &&
    ABOUT_THE_MAIL.test(fault.command ?? '');
  const status = ENHANCED_STATUS.exec(fault.response ?? '')?.groups?.['status'];
  const words = [
    reply ? `reply ${reply}` : 'no reply',
    status,
    fault.command && `to ${fault.command.replaceAll(/[^A-Z ]/g, '')}`,
    fault.code && `(${fault.code.replaceAll(/[^A-Z_]/g, '')})`,
  ];
  return { final, fault: words.filter(Boolean).join(' ') };
}

/**
 * How long to wait before the next try: 1 s, then three times as long each, up to an hour; 12 tries last about 4 hours.
 * A code is waited for at a door, so the first tries come soon; greylisting takes minutes, an outage hours.
 * @param tries made so far, 1 or more
 */
export function smtpDelayMs(tries: number): number {
  return Math.min(FIRST_DELAY_MS * DELAY_FACTOR ** (tries - 1), LONGEST_DELAY_MS);
}
