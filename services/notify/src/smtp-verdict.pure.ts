/** What is known of a failed try to send: nodemailer's `code`, the server's reply and the SMTP command it answered. */
export interface SmtpFault {
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  readonly command?: string | undefined;
}

/** What a failed try means, and the fault in words that hold no address and nothing of the mail. */
export interface SmtpVerdict {
  /** `refused`: this mail never; `later`: this mail not now; `away`: no mail at all now. */
  readonly kind: 'refused' | 'later' | 'away';
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
/** Codes are waited for at doors, so a server that is back is found within a minute; a refusal for now may last (greylisting). */
const LONGEST_DELAY_MS = { away: 60_000, later: 5 * 60_000 };

/**
 * Judges a failed try. A lasting refusal (5xx) of the recipient or the content is final; all else may pass. The server's
 * own text is left out: it often repeats the address.
 */
export function judgeSmtp(fault: SmtpFault): SmtpVerdict {
  const status = ENHANCED_STATUS.exec(fault.response ?? '')?.groups?.['status'];
  const words = [
    fault.responseCode ? `reply ${fault.responseCode}` : 'no reply',
    status,
    fault.command && `to ${fault.command.replaceAll(/[^A-Z ]/g, '')}`,
    fault.code && `(${fault.code.replaceAll(/[^A-Z_]/g, '')})`,
  ];
  return { kind: kindOf(fault), fault: words.filter(Boolean).join(' ') };
}

function kindOf({ responseCode = 0, command = '' }: SmtpFault): SmtpVerdict['kind'] {
  if (ABOUT_LOGIN.has(responseCode) || !ABOUT_THE_MAIL.test(command)) return 'away';
  if (responseCode >= 500 && responseCode < 600) return 'refused';
  return responseCode >= 400 ? 'later' : 'away';
}

/** How long to wait before the next try: 1 s, then three times as long each, up to a limit. @param tries made so far, 1 or more */
export function smtpDelayMs(kind: 'later' | 'away', tries: number): number {
  return Math.min(FIRST_DELAY_MS * DELAY_FACTOR ** (tries - 1), LONGEST_DELAY_MS[kind]);
}
