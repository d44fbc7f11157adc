import { randomUUID } from 'node:crypto';
import { codeNotice, consumers, streams } from '@latchkey/contracts';
import type { CaughtMail } from '@latchkey/devstack';
import { ensureTopology, publishEvent } from '@latchkey/runtime';
import { createCodeReader } from '@latchkey/vision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostOffice, populate } from './post-office.fixture.js';

// Real here: broker, SMTP server with TLS and login, gRPC, keys, notify, the reader of codes. The registry is a map.
const WAIT_MS = 15_000;
const CODE = 'LK1.c2l4dGVlbi1ieXRlcy1ub3c';

let office: PostOffice;

beforeAll(async () => {
  office = await PostOffice.open();
  populate(office.registry);
  await office.setDoor('library', { name: 'Library, north door' });
  await office.startNotify();
});

afterAll(() => office[Symbol.asyncDispose]());

interface CodeJob {
  id?: string;
  person?: string;
  text?: string;
  reason?: 'registered' | 'granted' | 'reissued' | 'requested';
  door?: string | null;
}

async function publishCode(job: CodeJob = {}): Promise<string> {
  const id = job.id ?? randomUUID();
  const person = job.person ?? 'asha';
  const sealed = await office.sealForNotify({ text: job.text ?? CODE, person: 'asha' });
  await publishEvent(
    office.bus,
    codeNotice,
    {},
    {
      id,
      correlationId: `attempt-${id}`,
      data: {
        person,
        reason: job.reason ?? 'granted',
        door: job.door ?? null,
        sealed,
        at: 1_790_000_000_000,
      },
    },
  );
  return id;
}

const mailOf = (id: string): Promise<CaughtMail> =>
  office.mail.waitFor(
    (mail) => mail.headers['x-latchkey-correlation'] === `attempt-${id}`,
    WAIT_MS,
  );

describe('the mail of a code', () => {
  it('holds the code as an attached and as an inline picture that a reader reads', async () => {
    const mail = await mailOf(await publishCode({ reason: 'registered' }));
    expect(mail.to).toEqual(['asha@campus.example']);
    expect(mail.subject).toBe('You are registered: your first entry code');
    const reader = await createCodeReader();
    const attached = mail.attachments.find((part) => part.disposition === 'attachment');
    const inline = mail.attachments.find((part) => part.disposition === 'inline');
    for (const part of [attached, inline]) {
      expect(part?.contentType).toBe('image/png');
      const png = Buffer.from(part?.contentBase64 ?? '', 'base64');
      expect((await reader.read(png)).map(({ text }) => text)).toEqual([CODE]);
    }
    expect(mail.html).toContain(`src="cid:${inline?.cid}"`);
  });
});
