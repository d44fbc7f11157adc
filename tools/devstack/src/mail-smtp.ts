import { buffer } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { readMail } from './caught-mail.js';
import type { HeldAnswers } from './held-answers.js';
import type { OwnCertificate } from './own-certificate.js';
import type { MailStore } from './mail-store.js';

const maxMailBytes = 20 * 1024 * 1024;
const closeTimeoutMs = 1_000;

/** How many of the next mails are refused, and with which SMTP code. */
export interface Refusals {
  left: number;
  code: number;
}

export interface SmtpOptions {
  certificate: OwnCertificate;
  implicitTls: boolean;
  login: { user: string; pass: string };
  store: MailStore;
  refusals: Refusals;
  answers: HeldAnswers;
}

function refusal(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

async function receive(
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
  { store, refusals, answers }: SmtpOptions,
): Promise<void> {
  const raw = await buffer(stream);
  if (stream.sizeExceeded) throw refusal(552, 'The mail is too large');
  if (refusals.left > 0) {
    refusals.left -= 1;
    throw refusal(refusals.code, 'Refused as was asked for');
  }
  const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  const to = envelope.rcptTo.map(({ address }) => address);
  const mail = await readMail(raw, { id: store.nextId(), from, to });
  await store.add(mail);
  await answers.mayTell(mail);
}

/** The SMTP side: no mail without TLS and login. */
export function createSmtpServer(options: SmtpOptions): SMTPServer {
  const { certificate, implicitTls, login } = options;
  const server = new SMTPServer({
    secure: implicitTls,
    key: certificate.key,
    cert: certificate.cert,
    authMethods: ['PLAIN', 'LOGIN'],
    size: maxMailBytes,
    closeTimeout: closeTimeoutMs,
    disableReverseLookup: true,
    onAuth({ username, password }, _session, callback) {
      const known = username === login.user && password === login.pass;
      if (known) callback(null, { user: username });
      else callback(refusal(535, 'Wrong user or password'));
    },
    onData: callbackify((stream: SMTPServerDataStream, session: SMTPServerSession) =>
      receive(stream, session, options),
    ),
  });
  // A client that hangs up or does not trust the certificate is its own concern; unheard, it would end this process.
  server.on('error', () => undefined);
  return server;
}
