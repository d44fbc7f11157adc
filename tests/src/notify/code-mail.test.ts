import type { CaughtMail } from '@latchkey/devstack';
import { type CodeReader, createCodeReader } from '@latchkey/vision';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newCode, postCode } from './jobs.fixture.js';
import { PostOffice, populate } from './post-office.fixture.js';

// Real here: broker, SMTP server with TLS and login, gRPC, keys, notify, the reader of codes. The registry is a map.
const WAIT_MS = 45_000;

let office: PostOffice;
let reader: CodeReader;

beforeAll(async () => {
  reader = await createCodeReader();
  office = await PostOffice.open();
  await office.setDoor('library', { name: 'Library, north door' });
  await office.startNotify();
});

beforeEach(async () => {
  populate(office.registry);
  await office.mail.clear();
});

afterAll(() => office[Symbol.asyncDispose]());

const mailOf = (id: string): Promise<CaughtMail> =>
  office.mail.waitFor((mail) => mail.headers['x-latchkey-correlation'] === id, WAIT_MS);

async function read(mail: CaughtMail, disposition: string): Promise<string[]> {
  const part = mail.attachments.find((one) => one.disposition === disposition);
  const codes = await reader.read(Buffer.from(part?.contentBase64 ?? '', 'base64'));
  return codes.map(({ text }) => text);
}

describe("a code's mail", () => {
  it('holds the code as an attached and as an inline picture, for its owner alone', async () => {
    const text = newCode();
    const mail = await mailOf(await postCode(office, { text, reason: 'registered' }));
    expect(mail.to).toEqual(['asha@campus.example']);
    expect(mail.subject).toBe('You are registered: your first entry code');
    expect(await read(mail, 'attachment')).toEqual([text]);
    expect(await read(mail, 'inline')).toEqual([text]);
    const inline = mail.attachments.find((part) => part.disposition === 'inline');
    expect(mail.html).toContain(`src="cid:${inline?.cid}"`);
    expect(mail.text + mail.html).not.toContain(text);
  });

  it('comes after each entry with the next code, and names the door', async () => {
    const text = newCode();
    const mail = await mailOf(await postCode(office, { text, door: 'library' }));
    expect(mail.subject).toBe('Your next entry code');
    expect(mail.text).toContain('Library, north door');
    expect(await read(mail, 'attachment')).toEqual([text]);
  });

  it.each(['reissued', 'requested'] as const)('comes when a code is %s', async (reason) => {
    const mail = await mailOf(await postCode(office, { reason }));
    expect(mail.subject).toBe('Your new entry code');
    expect(mail.text).toContain('Any earlier code no longer works');
  });

  it('is marked so that machines leave it alone, and so that its attempt can be followed', async () => {
    const id = await postCode(office);
    const mail = await mailOf(id);
    // It is noted once the mail server has taken it.
    await office.settled();
    expect(mail.headers['auto-submitted']).toBe('auto-generated');
    expect(mail.messageId).toMatch(/^<[A-Za-z0-9_-]{43}@campus\.example>$/);
    expect(await office.deliveries()).toContainEqual(
      expect.objectContaining({
        job: id,
        state: 'sent',
        recipient: 'asha',
        messageId: mail.messageId,
      }),
    );
  });

  it('is not sent to someone who was forgotten meanwhile; that is no fault', async () => {
    office.registry.people.delete('asha');
    const before = await office.deadLetters();
    await postCode(office);
    await office.settled();
    expect(office.mail.mails()).toEqual([]);
    expect(await office.deadLetters()).toEqual(before);
  });

  it("is not sent where the code in it is someone else's", async () => {
    await postCode(office, { person: 'ben', owner: 'asha' });
    await office.settled();
    expect(office.mail.mails()).toEqual([]);
    expect((await office.deadLetters()).at(-1)?.code).toBe('LK-MAIL-003');
  });

  it('is not sent where it was sealed for another; operators find it among the dead letters', async () => {
    const id = await postCode(office, { sealed: 'WERWU0VBTEVE' });
    await office.settled();
    expect(office.mail.mails()).toEqual([]);
    expect((await office.deadLetters()).at(-1)?.code).toBe('LK-KEY-003');
    expect(await office.deliveries()).toContainEqual(
      expect.objectContaining({
        job: id,
        state: 'failed',
        fault: expect.stringContaining('LK-KEY-003'),
      }),
    );
  });

  it('goes to nobody else, whatever stands where an address should be', async () => {
    const email = 'asha@campus.example\r\nBcc: ben@campus.example';
    office.registry.people.set('asha', { name: 'Asha', email });
    await postCode(office);
    await office.settled();
    expect(office.mail.mails()).toEqual([]);
    expect((await office.deadLetters()).at(-1)?.code).toBe('LK-MAIL-003');
  });

  it('takes a name with line breaks as one name', async () => {
    const name = 'Asha\r\nBcc: ben@campus.example\r\n\r\nRao';
    office.registry.people.set('asha', { name, email: 'asha@campus.example' });
    const mail = await mailOf(await postCode(office));
    expect(mail.to).toEqual(['asha@campus.example']);
    expect(mail.headers['bcc']).toBeUndefined();
    expect(office.mail.mails()).toHaveLength(1);
  });

  it('leaves neither code nor address in a log, the ledger, or the reason of a dead letter', async () => {
    const text = newCode();
    await mailOf(await postCode(office, { text }));
    await office.settled();
    const traces = JSON.stringify([
      office.logged,
      await office.deliveries(),
      (await office.deadLetters()).map(({ reason }) => reason),
    ]);
    expect(traces).not.toContain(text);
    expect(traces).not.toContain('LK1.');
    expect(traces).not.toContain('@campus.example"');
    expect(traces).not.toMatch(/(asha|ben|carol)@/);
  });
});
