import { type ParsedMail, simpleParser } from 'mailparser';

export interface CaughtAttachment {
  filename: string;
  contentType: string;
  /** The name by which the HTML shows it as an inline image (`cid:…`); undefined for a plain attachment. */
  cid: string | undefined;
  disposition: string;
  sizeBytes: number;
  contentBase64: string;
}

export interface CaughtMail {
  id: string;
  /** ISO 8601, UTC. */
  receivedAt: string;
  /** Envelope sender. */
  from: string;
  /** Envelope recipients in lower case: those who really get it, whatever the headers say. */
  to: string[];
  subject: string;
  messageId: string;
  text: string;
  html: string;
  /** Names in lower case; where a header is repeated, the last one counts. */
  headers: Record<string, string>;
  attachments: CaughtAttachment[];
}

export interface Envelope {
  id: string;
  from: string;
  to: string[];
}

function headersOf(parsed: ParsedMail): Record<string, string> {
  return Object.fromEntries(
    parsed.headerLines.map(({ key, line }) => [
      key,
      line
        .slice(line.indexOf(':') + 1)
        .replace(/\r?\n\s+/g, ' ')
        .trim(),
    ]),
  );
}

/** Reads a whole RFC 5322 message, as it came over SMTP. */
export async function readMail(raw: Buffer, envelope: Envelope): Promise<CaughtMail> {
  const parsed = await simpleParser(raw, { skipImageLinks: true }); // keeps cid: links as they are
  return {
    id: envelope.id,
    receivedAt: new Date().toISOString(),
    from: envelope.from,
    to: envelope.to.map((address) => address.toLowerCase()),
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    headers: headersOf(parsed),
    attachments: parsed.attachments.map((attachment, index) => ({
      filename: attachment.filename ?? `attachment-${index + 1}`,
      contentType: attachment.contentType,
      cid: attachment.cid,
      disposition: attachment.contentDisposition ?? 'attachment',
      sizeBytes: attachment.size,
      contentBase64: attachment.content.toString('base64'),
    })),
  };
}
