import type { SendMailOptions } from 'nodemailer';
import { messageIdOf } from './job.pure.js';
import { domainOf, type MailAddress } from './mail-address.pure.js';
import { CODE_CID, layOut, type MailWords, oneLine } from './mails/layout.pure.js';

/** One mail to one recipient. */
export interface OutgoingMail {
  /** The id of the job that it settles. */
  readonly job: string;
  readonly correlationId: string;
  readonly to: MailAddress;
  readonly words: MailWords;
  /** The picture of a code, a PNG: attached, and inline. */
  readonly code?: Uint8Array | undefined;
  /** A photograph, a JPEG: attached. */
  readonly photograph?: Uint8Array | undefined;
}

type Attachments = NonNullable<SendMailOptions['attachments']>;

/** The mail as nodemailer takes it. Its envelope names one recipient; nothing in it is loaded from elsewhere. */
export function composeMail(mail: OutgoingMail, from: MailAddress): SendMailOptions {
  return {
    ...layOut(mail.words),
    from: { name: oneLine(from.name), address: from.address },
    to: { name: oneLine(mail.to.name), address: mail.to.address },
    envelope: { from: from.address, to: [mail.to.address] },
    messageId: messageIdOf(mail.job, domainOf(from.address)),
    headers: {
      // RFC 3834: answering machines leave such mails alone.
      'Auto-Submitted': 'auto-generated',
      'X-Latchkey-Correlation': mail.correlationId.replaceAll(/[^\x21-\x7e]/g, '_'),
    },
    attachments: [...codeParts(mail.code), ...photographParts(mail.photograph)],
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Twice: some mail programs show no inline picture, others list none among the attachments. */
function codeParts(code: Uint8Array | undefined): Attachments {
  if (!code) return [];
  const part = { content: Buffer.from(code), contentType: 'image/png' };
  return [
    { ...part, filename: 'code-inline.png', cid: CODE_CID, contentDisposition: 'inline' },
    { ...part, filename: 'code.png', contentDisposition: 'attachment' },
  ];
}

function photographParts(photograph: Uint8Array | undefined): Attachments {
  if (!photograph) return [];
  return [
    {
      content: Buffer.from(photograph),
      contentType: 'image/jpeg',
      filename: 'photograph.jpg',
      contentDisposition: 'attachment',
    },
  ];
}
