import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { grant, postCode, postCodeAgain } from './jobs.fixture.js';
import { PostOffice, populate, until } from './post-office.fixture.js';

// Real here: broker, SMTP servers over TCP, gRPC, keys, notify. The registry is a map.
const WAIT_MS = 45_000;
let office: PostOffice;

beforeEach(async () => {
  office = await PostOffice.open();
  populate(office.registry);
  await office.setDoor('library', { name: 'Library', audience: 'guards' });
});

afterEach(() => office[Symbol.asyncDispose]());

const anyMail = () => office.mail.waitFor(() => true, WAIT_MS);
const logHas = (code: string) => () => office.logged.some((line) => line.includes(code));

describe('a mail server that refuses for now', () => {
  it('gets the mail again, and it comes exactly once', async () => {
    office.mail.failNext(2, 451);
    await office.startNotify();
    const id = await postCode(office);
    await anyMail();
    await office.settled();
    expect(office.mail.mails()).toHaveLength(1);
    expect(await office.deliveries()).toEqual([
      expect.objectContaining({ job: id, state: 'sent', tries: 3 }),
    ]);
    expect(await office.deadLetters()).toEqual([]);
  });
});

describe('a mail server that refuses for good', () => {
  it('makes a dead letter with the reason but no address, and is not asked again', async () => {
    office.mail.failNext(1, 550);
    await office.startNotify();
    const id = await postCode(office);
    await until('it is a dead letter', async () => (await office.deliveries()).length > 0);
    await office.settled();
    expect(office.mail.mails()).toEqual([]);
    const [letter] = await office.deadLetters();
    expect(letter?.code).toBe('LK-MAIL-002');
    expect(letter?.reason).toContain('550');
    expect(letter?.reason).not.toContain('@');
    expect(await office.deliveries()).toEqual([
      expect.objectContaining({ job: id, state: 'failed', tries: 1 }),
    ]);
  });

  it('gets the mail when an operator asks for it again', async () => {
    office.mail.failNext(1, 554);
    await office.startNotify();
    const id = await postCode(office);
    await until('it failed', async () => (await office.deliveries()).length > 0);
    await postCodeAgain(office, id);
    await anyMail();
    await office.settled();
    expect(await office.deliveries()).toEqual([
      expect.objectContaining({ job: id, state: 'sent' }),
    ]);
  });
});

describe('a mail server that refuses the login', () => {
  it('loses nothing: the mail goes out once the password is mended', async () => {
    const wrong = await office.startNotify({ SMTP_PASS: 'wrong' });
    await postCode(office);
    await until('it was refused', logHas('LK-MAIL-001'));
    await wrong.close();
    expect(office.mail.mails()).toEqual([]);
    await office.startNotify();
    await anyMail();
    expect(await office.deadLetters()).toEqual([]);
  });
});

describe('a mail server without TLS', () => {
  let plain: Server;
  const said: string[] = [];

  beforeEach(async () => {
    said.length = 0;
    plain = createServer((socket) => {
      socket.write('220 plain.example ESMTP\r\n');
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        said.push(chunk.toString());
        socket.write(chunk.toString().startsWith('EHLO') ? '250 plain.example\r\n' : '502 No\r\n');
      });
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => new Promise<void>((resolve) => plain.close(() => resolve())));

  it('is told neither a login nor an address', async () => {
    const { port } = plain.address() as AddressInfo;
    const service = await office.startNotify({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    await postCode(office);
    await until('it was refused', logHas('LK-MAIL-001'));
    await service.close();
    expect(said.join('')).not.toMatch(/AUTH|MAIL FROM|asha/);
  });
});

describe('a mail server that says nothing', () => {
  it('is given up on within seconds, and the mail is kept for the next try', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const service = await office.startNotify({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    await postCode(office);
    await until('it was given up on', logHas('LK-MAIL-001'));
    await service.close();
    silent.close();
    await office.startNotify();
    await anyMail();
    expect(await office.deadLetters()).toEqual([]);
  });
});

describe('a job that comes again', () => {
  it('after its mail was sent is not mailed again', async () => {
    await office.startNotify();
    const id = await postCode(office);
    await anyMail();
    await office.settled();
    await postCodeAgain(office, id);
    await office.settled();
    expect(office.mail.mails()).toHaveLength(1);
  });

  it('because notify stopped in the middle of many is mailed once to each', async () => {
    await office.setDoor('library', { name: 'Library' });
    for (let index = 0; index < 60; index++) {
      office.registry.people.set(`p${index}`, { name: `P${index}`, email: `p${index}@x.example` });
    }
    const first = await office.startNotify();
    await grant(office, 'asha');
    await office.mail.waitFor(() => office.mail.mails().length >= 5, WAIT_MS);
    await first.close();
    await office.startNotify();
    await office.settled();
    const addresses = office.mail.mails().map(({ to }) => to.join());
    expect(addresses).toHaveLength(62);
    expect(new Set(addresses).size).toBe(62);
  });
});

describe('a code', () => {
  it('does not wait behind a crowd of other mails', async () => {
    await office.setDoor('library', { name: 'Library' });
    for (let index = 0; index < 150; index++) {
      office.registry.people.set(`p${index}`, { name: `P${index}`, email: `p${index}@x.example` });
    }
    office.registry.pageSize = 200;
    await office.startNotify();
    await grant(office, 'ben');
    await anyMail();
    await postCode(office);
    await office.mail.waitFor(({ subject }) => subject === 'Your next entry code', WAIT_MS);
    expect(office.mail.mails().length).toBeLessThan(150);
    await office.settled();
    expect(office.mail.mails()).toHaveLength(153);
  });
});

describe('a registry that is away', () => {
  it('delays mails and loses none', async () => {
    const lonely = await office.startNotify({ LK_REGISTRY_URL: '127.0.0.1:1' });
    await grant(office, 'asha');
    await until('it was tried', logHas('LK-BUS-003'));
    await lonely.close();
    await office.startNotify();
    expect((await anyMail()).subject).toBe('Asha Rao logged in');
  });
});
