import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { CaughtMail } from './caught-mail.js';
import { listPage, mailPage } from './mail-pages.pure.js';
import type { MailStore } from './mail-store.js';

interface Answer {
  status: number;
  contentType: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

const json = (value: unknown, status = 200): Answer => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: `${JSON.stringify(value, null, 2)}\n`,
});

/** Mails come from anywhere: their HTML may show pictures of their own and run nothing. */
const html = (body: string): Answer => ({
  status: 200,
  contentType: 'text/html; charset=utf-8',
  body,
  headers: {
    'content-security-policy':
      "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-src 'self'; sandbox allow-same-origin allow-popups",
  },
});

const summary = ({ id, receivedAt, from, to, subject, messageId }: CaughtMail) => ({
  id,
  receivedAt,
  from,
  to,
  subject,
  messageId,
});

function details(mail: CaughtMail) {
  const attachments = mail.attachments.map(
    ({ filename, contentType, cid, disposition, sizeBytes }, index) => {
      const href = `/inbox/${mail.id}/attachments/${index}`;
      return { filename, contentType, cid, disposition, sizeBytes, href };
    },
  );
  return { ...mail, attachments };
}

/** An SVG may hold scripts, which could read every other mail here. */
const picture = /^image\/(?!svg)[\w.+-]+$/i;

function attachmentOf(mail: CaughtMail, index: string): Answer | undefined {
  const attachment = mail.attachments[Number(index)];
  if (attachment === undefined) return undefined;
  const { contentType, contentBase64, filename } = attachment;
  const name = encodeURIComponent(filename);
  return {
    status: 200,
    contentType: picture.test(contentType) ? contentType : 'application/octet-stream',
    body: Buffer.from(contentBase64, 'base64'),
    headers: { 'content-disposition': `inline; filename*=UTF-8''${name}` },
  };
}

function answerAboutMail(mail: CaughtMail, [part, index]: string[]): Answer | undefined {
  if (part === undefined) return json(details(mail));
  if (part === 'html' && index === undefined) return html(mailPage(mail));
  if (part === 'attachments' && index !== undefined) return attachmentOf(mail, index);
  return undefined;
}

function answer(store: MailStore, url: URL): Answer {
  const [root, id, ...rest] = url.pathname.split('/').filter((part) => part !== '');
  const newestFirst = store.all().toReversed();
  if (root === undefined) return html(listPage(newestFirst));
  const missing = json({ error: `There is nothing at ${url.pathname}.` }, 404);
  if (root !== 'inbox') return missing;
  const to = url.searchParams.get('to')?.toLowerCase();
  const shown = newestFirst.filter((mail) => to === undefined || mail.to.includes(to));
  if (id === undefined) return json({ mails: shown.map(summary) });
  const mail = id === 'latest' ? shown[0] : store.find(id);
  return (mail && answerAboutMail(mail, rest)) ?? missing;
}

/** A page elsewhere on the web may point its own host name at this machine; only loopback names are answered. */
function isLoopback(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');
}

function handle(store: MailStore, request: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET', headers, url = '/' } = request;
  // `//` is no address: what it throws would end all that runs here.
  const asked = URL.parse(url, 'http://localhost');
  let reply: Answer;
  if (!isLoopback(headers.host)) reply = json({ error: 'Only for this machine.' }, 403);
  else if (method !== 'GET') reply = json({ error: 'The inbox can only be read.' }, 405);
  else if (asked === null) reply = json({ error: 'That is no address.' }, 400);
  else reply = answer(store, asked);
  response.writeHead(reply.status, {
    'content-type': reply.contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...reply.headers,
  });
  response.end(reply.body);
}

/** The inbox over HTTP, for people and programs on this machine; see the README for its paths. */
export function createInbox(store: MailStore): Server {
  return createServer((request, response) => handle(store, request, response));
}
