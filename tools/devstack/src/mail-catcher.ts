import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaughtMail } from './caught-mail.js';
import { type HeldAnswer, HeldAnswers } from './held-answers.js';
import { createInbox } from './mail-inbox.js';
import { createSmtpServer, type Refusals } from './mail-smtp.js';
import { MailStore } from './mail-store.js';
import { ownCertificate } from './own-certificate.js';

const maxMails = 500;

export interface MailCatcherOptions {
  /** Keeps mails and the certificate over restarts. Left out: a temporary folder, removed on close. */
  dataDir?: string;
  /** 0 (the default) takes any free port. */
  smtpPort?: number;
  httpPort?: number;
  /** TLS from the first byte (as on port 465) instead of STARTTLS. */
  implicitTls?: boolean;
}

export interface MailCatcher extends AsyncDisposable {
  /** Without credentials in it; `smtps://` with implicit TLS. */
  readonly smtpUrl: string;
  readonly user: string;
  readonly pass: string;
  /** The certificate to trust, as a PEM file and as its text. */
  readonly caFile: string;
  readonly ca: string;
  /** The inbox over HTTP. */
  readonly inboxUrl: string;
  /** Settings for whoever sends mail: SMTP_URL, SMTP_USER, SMTP_PASS, SMTP_CA_FILE. */
  env(): Record<string, string>;
  /** Oldest first; the newest 500 are kept. */
  mails(): readonly CaughtMail[];
  /** The first mail, there already or still to come, that `wanted` accepts. Rejects after `timeoutMs`. */
  waitFor(wanted: (mail: CaughtMail) => boolean, timeoutMs: number): Promise<CaughtMail>;
  /** The next `count` mails are refused with this SMTP code: 4xx means try again, 5xx never. */
  failNext(count: number, code: number): void;
  /** The next mail that `wanted` accepts is taken, and its sender told so only when that is let go. */
  holdAnswer(wanted: (mail: CaughtMail) => boolean): HeldAnswer;
  clear(): Promise<void>;
  close(): Promise<void>;
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/**
 * A mail server on 127.0.0.1 that delivers to nobody: TLS and login are compulsory as at a real one, and all mails lie
 * in an inbox. Rejects with the system's error where a wanted port is taken.
 */
export async function startMailCatcher(options: MailCatcherOptions = {}): Promise<MailCatcher> {
  const { implicitTls = false } = options;
  const folder = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'latchkey-mail-')));
  await using opened = new AsyncDisposableStack();
  if (options.dataDir === undefined) {
    opened.defer(() => rm(folder, { recursive: true, force: true }));
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const certificate = await ownCertificate(folder, 'smtp', ['localhost', '127.0.0.1']);
  const store = await MailStore.open(join(folder, 'mails'), maxMails);
  const login = { user: 'latchkey', pass: 'caught-not-sent' };
  const refusals: Refusals = { left: 0, code: 451 };
  const answers = new HeldAnswers();
  const smtp = createSmtpServer({ certificate, implicitTls, login, store, refusals, answers });
  const inbox = createInbox(store);
  const smtpPort = await listen(smtp.server, options.smtpPort ?? 0);
  opened.defer(() => new Promise<void>((resolve) => smtp.close(() => resolve())));
  const httpPort = await listen(inbox, options.httpPort ?? 0);
  opened.defer(() => {
    inbox.closeAllConnections();
    return new Promise<void>((resolve) => inbox.close(() => resolve()));
  });

  const everything = opened.move();
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= everything.disposeAsync());

  const smtpUrl = `${implicitTls ? 'smtps' : 'smtp'}://127.0.0.1:${smtpPort}`;
  const { certFile: caFile, cert: ca } = certificate;
  return {
    ...login,
    smtpUrl,
    caFile,
    ca,
    inboxUrl: `http://127.0.0.1:${httpPort}`,
    env: () => ({
      SMTP_URL: smtpUrl,
      SMTP_USER: login.user,
      SMTP_PASS: login.pass,
      SMTP_CA_FILE: caFile,
    }),
    mails: () => store.all(),
    waitFor: (wanted, timeoutMs) => store.waitFor(wanted, timeoutMs),
    failNext(count, code) {
      refusals.left = count;
      refusals.code = code;
    },
    holdAnswer: (wanted) => answers.hold(wanted),
    clear: () => store.clear(),
    close,
    [Symbol.asyncDispose]: close,
  };
}
