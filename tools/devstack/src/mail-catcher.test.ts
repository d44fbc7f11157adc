// Real here: SMTP over TCP with TLS and login, nodemailer as the client, the inbox over HTTP, files on disk.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type MailCatcher, startMailCatcher } from './mail-catcher.js';

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

function clientOf(catcher: MailCatcher, { pass = catcher.pass, trusts = true } = {}) {
  const { hostname, port, protocol } = new URL(catcher.smtpUrl);
  const secure = protocol === 'smtps:';
  const tls = trusts ? { ca: catcher.ca } : {};
  const client = createTransport({
    host: hostname,
    port: Number(port),
    secure,
    requireTLS: !secure,
    auth: { user: catcher.user, pass },
    tls,
  });
  onTestFinished(() => client.close());
  return client;
}

const mail = {
  from: 'Latchkey <door@campus.example>',
  to: 'Ada@Campus.example',
  subject: 'Your code – ready',
  text: 'Show this code at the door.',
  html: '<p>Show this code:</p><img src="cid:code@latchkey">',
  headers: { 'X-Attempt': 'a-1' },
  attachments: [{ filename: 'code.png', content: pixel, cid: 'code@latchkey' }],
};

test.each([false, true])('a mail arrives whole (implicit TLS: %s)', async (implicitTls) => {
  await using catcher = await startMailCatcher({ implicitTls });
  const arrival = catcher.waitFor(({ to }) => to.includes('ada@campus.example'), 45_000);
  await clientOf(catcher).sendMail(mail);
  const caught = await arrival;
  expect(caught).toMatchObject({
    from: 'door@campus.example',
    to: ['ada@campus.example'],
    subject: 'Your code – ready',
    text: expect.stringContaining('Show this code at the door.'),
  });
  expect(caught.headers['x-attempt']).toBe('a-1');
  expect(caught.attachments[0]).toMatchObject({ filename: 'code.png', contentType: 'image/png' });
  expect(Buffer.from(caught.attachments[0]?.contentBase64 ?? '', 'base64')).toEqual(pixel);
});

test('nobody sends without the right password, or without TLS', async () => {
  await using catcher = await startMailCatcher();
  await expect(clientOf(catcher, { pass: 'guess' }).sendMail(mail)).rejects.toThrow(/535/);
  await expect(clientOf(catcher, { trusts: false }).sendMail(mail)).rejects.toThrow(/certificate/);
  const plain = createTransport({ port: Number(new URL(catcher.smtpUrl).port), ignoreTLS: true });
  await expect(plain.sendMail(mail)).rejects.toThrow(/530|STARTTLS/);
  expect(catcher.mails()).toEqual([]);
});

test('mails can be refused for a while, and come through afterwards', async () => {
  await using catcher = await startMailCatcher();
  catcher.failNext(1, 451);
  await expect(clientOf(catcher).sendMail(mail)).rejects.toMatchObject({ responseCode: 451 });
  await clientOf(catcher).sendMail(mail);
  expect(catcher.mails()).toHaveLength(1);
});

test('a mail can be taken long before its sender is told so', async () => {
  await using catcher = await startMailCatcher();
  const held = catcher.holdAnswer(({ subject }) => subject === 'held');
  let told = false;
  const sent = clientOf(catcher)
    .sendMail({ ...mail, subject: 'held' })
    .then(() => (told = true));
  expect(await held.taken).toMatchObject({ subject: 'held' });
  await clientOf(catcher).sendMail({ ...mail, subject: 'later' });
  expect(catcher.mails().map(({ subject }) => subject)).toEqual(['held', 'later']);
  expect(told).toBe(false);
  held.tell();
  expect(await sent).toBe(true);
});

test('the inbox shows mails over HTTP, each with its parts', async () => {
  await using catcher = await startMailCatcher();
  await clientOf(catcher).sendMail(mail);
  await clientOf(catcher).sendMail({ ...mail, to: 'bob@campus.example', subject: '<b>other</b>' });
  const get = (path: string) => fetch(catcher.inboxUrl + path);
  const list = (await (await get('/inbox?to=ada@campus.example')).json()) as {
    mails: { id: string }[];
  };
  expect(list.mails).toHaveLength(1);
  const id = list.mails[0]?.id;
  const whole = (await (await get(`/inbox/${id}`)).json()) as { attachments: { href: string }[] };
  const href = whole.attachments[0]?.href ?? '';
  const picture = await get(href);
  expect(picture.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await picture.arrayBuffer())).toEqual(pixel);
  expect(await (await get(`/inbox/${id}/html`)).text()).toContain(`src="${href}"`);
  expect(await (await get('/')).text()).toContain('&lt;b&gt;other&lt;/b&gt;');
  expect((await get('/inbox/none')).status).toBe(404);
});

test('the inbox answers only those who call it by a name of this machine', async () => {
  await using catcher = await startMailCatcher();
  const status = await new Promise((resolve, reject) => {
    const asked = request(`${catcher.inboxUrl}/inbox`, { headers: { host: 'evil.example' } });
    asked.once('response', (response) => resolve(response.statusCode));
    asked.once('error', reject);
    asked.end();
  });
  expect(status).toBe(403);
});

test('what is no address ends nothing: the inbox says so, and answers the next one', async () => {
  await using catcher = await startMailCatcher();
  for (const path of ['//', '//?to=x', '/\\\\']) {
    expect((await fetch(`${catcher.inboxUrl}${path}`)).status).toBe(400);
  }
  expect((await fetch(catcher.inboxUrl)).status).toBe(200);
});

test('an attachment that could hold scripts is not shown as a picture', async () => {
  await using catcher = await startMailCatcher();
  const svg = { filename: 'code.svg', content: '<svg/>', contentType: 'image/svg+xml' };
  await clientOf(catcher).sendMail({ ...mail, attachments: [svg] });
  const [caught] = catcher.mails();
  const shown = await fetch(`${catcher.inboxUrl}/inbox/${caught?.id}/attachments/0`);
  expect(shown.headers.get('content-type')).toBe('application/octet-stream');
});

test('the pages of the inbox fit a phone', async () => {
  await using catcher = await startMailCatcher();
  const page = await (await fetch(catcher.inboxUrl)).text();
  expect(page).toContain('name="viewport" content="width=device-width');
});

test('a catcher that cannot listen leaves nothing behind', async () => {
  await using first = await startMailCatcher();
  const httpPort = Number(new URL(first.inboxUrl).port);
  // Others on this machine come and go in the usual one.
  const temporary = await mkdtemp(join(tmpdir(), 'latchkey-temporary-'));
  onTestFinished(() => rm(temporary, { recursive: true, force: true }));
  vi.stubEnv('TMPDIR', temporary);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(startMailCatcher({ httpPort })).rejects.toThrow(/EADDRINUSE/);
  expect(await readdir(temporary)).toEqual([]);
});

test('mails and the certificate outlast a restart', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-mail-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const before = await startMailCatcher({ dataDir });
  await clientOf(before).sendMail(mail);
  await before.close();
  await using after = await startMailCatcher({ dataDir });
  expect(after.mails().map(({ subject }) => subject)).toEqual([mail.subject]);
  expect(after.ca).toBe(before.ca);
});
