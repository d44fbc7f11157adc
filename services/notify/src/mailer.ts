import { rootCertificates } from 'node:tls';
import type { OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { composeMail, type OutgoingMail } from './compose.pure.js';
import type { MailAddress } from './mail-address.pure.js';
import { judgeSmtp, type SmtpFault, type SmtpVerdict } from './smtp-verdict.pure.js';

/** How the mail server is reached. */
export interface MailerFacts {
  /** `smtp://host:port` or `smtps://host:port`. */
  readonly url: string;
  readonly user?: string | undefined;
  readonly pass?: string | undefined;
  /** A certificate to trust beside the system's, as PEM. */
  readonly ca?: string | undefined;
  readonly allowPlaintext: boolean;
  readonly from: MailAddress;
}

const CONNECT_MS = 10_000;
/** Without a byte from the server for so long, a try is given up. RFC 5321 would allow minutes; a job's next try is soon. */
const SILENCE_MS = 20_000;
const CONNECTIONS = 4;
const SUBMISSION_PORT = 587;
const SUBMISSIONS_PORT = 465;

/** Hands mails to the mail server, over a few kept connections. */
export class Mailer implements OnApplicationShutdown {
  readonly #transport: Transporter;
  readonly #from: MailAddress;

  constructor(facts: MailerFacts) {
    this.#from = facts.from;
    this.#transport = createTransport(transportOptions(facts));
  }

  get from(): MailAddress {
    return this.#from;
  }

  /** @returns `null` once the server has taken the mail, else what stood against it */
  async send(mail: OutgoingMail): Promise<SmtpVerdict | null> {
    try {
      await this.#transport.sendMail(composeMail(mail, this.#from));
      return null;
    } catch (error) {
      return judgeSmtp(error as SmtpFault);
    }
  }

  onApplicationShutdown(): void {
    this.#transport.close();
  }
}

function transportOptions(facts: MailerFacts) {
  const url = new URL(facts.url);
  const secure = url.protocol === 'smtps:';
  return {
    pool: true as const,
    maxConnections: CONNECTIONS,
    // A lost connection may have lost only the answer: the ledger decides what is sent again, not the pool.
    maxRequeues: 0,
    host: url.hostname,
    port: Number(url.port) || (secure ? SUBMISSIONS_PORT : SUBMISSION_PORT),
    secure,
    requireTLS: !secure && !facts.allowPlaintext,
    ...(facts.user ? { auth: { user: facts.user, pass: facts.pass ?? '' } } : {}),
    tls: {
      minVersion: 'TLSv1.2' as const,
      ...(facts.ca ? { ca: [...rootCertificates, facts.ca] } : {}),
    },
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
