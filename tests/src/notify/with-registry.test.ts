import { randomUUID } from 'node:crypto';
import { accessGranted } from '@latchkey/contracts';
import { type CaughtMail, type MailCatcher, startMailCatcher } from '@latchkey/devstack';
import { notify } from '@latchkey/notify';
import { REGISTRY, type Registry } from '@latchkey/registry';
import { createLogger, publishEvent } from '@latchkey/runtime';
import { type CodeReader, createCodeReader } from '@latchkey/vision';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Office } from '../registry/registry.fixture.js';

// Real here: broker, registry with its store, gRPC, keys, SMTP server, notify, the reader of codes. Faces are vectors.
const WAIT_MS = 15_000;
const DOOR = 'library-north';
let office: Office;
let mail: MailCatcher;
let reader: CodeReader;
let service: Awaited<ReturnType<typeof notify.create>>;

beforeAll(async () => {
  reader = await createCodeReader();
  office = await Office.open();
  mail = await startMailCatcher();
  const config = notify.readConfig({
    NATS_URL: office.broker.url,
    LK_KEYS_DIR: office.keysDir,
    LK_REGISTRY_URL: `127.0.0.1:${office.service.get<Registry>(REGISTRY).grpc.port}`,
    ...mail.env(),
  });
  const logger = createLogger({ service: 'notify', instance: 'test', level: 'silent' });
  service = await notify.create(config, { logger });
  const settingsJson = JSON.stringify({ name: 'Library, north door' });
  await office.call('createDoor', { door: DOOR, settingsJson, by: 'test' });
});

afterAll(async () => {
  await service.close();
  await mail.close();
  await office[Symbol.asyncDispose]();
});

const mailTo = (person: string, subject: string): Promise<CaughtMail> =>
  mail.waitFor(
    (one) => one.to[0] === `${person}@campus.example` && one.subject === subject,
    WAIT_MS,
  );

async function codeIn(one: CaughtMail): Promise<string> {
  const part = one.attachments.find(({ disposition }) => disposition === 'attachment');
  const [code] = await reader.read(Buffer.from(part?.contentBase64 ?? '', 'base64'));
  return code?.text ?? '';
}

it('a person registers, enters with the code out of the mail, and gets the next one that works, too', async () => {
  await office.enrol('asha', 1, { name: 'Asha Rao' });
  const first = await codeIn(await mailTo('asha', 'You are registered: your first entry code'));
  await office.enrol('ben', 2, { name: 'Ben Okafor' });
  await mailTo('asha', 'Ben Okafor was registered');

  const attempt = randomUUID();
  expect((await office.showCode(first, ['asha'], { attempt })).outcome).toBe('granted');
  const at = office.bus.nowMs();
  const facts = { attempt, door: DOOR, camera: 'main', at, person: 'asha' };
  const data = { ...facts, score: 0.8, expiresAt: at + 2_000 };
  await publishEvent(
    office.bus,
    accessGranted,
    { door: DOOR },
    {
      id: `${attempt}:outcome`,
      correlationId: attempt,
      data,
    },
  );

  const next = await mailTo('asha', 'Your next entry code');
  expect(next.headers['x-latchkey-correlation']).toBe(attempt);
  expect(next.text).toContain('Library, north door');
  await mailTo('ben', 'Asha Rao logged in');
  expect((await office.showCode(await codeIn(next), ['asha'])).outcome).toBe('granted');
  expect(mail.mails().filter(({ subject }) => subject === 'Asha Rao was registered')).toEqual([]);
});

it('a registration that is given up is told to the applicant and to the others', async () => {
  await office.createDraft('dora', { name: 'Dora Lind' });
  await office.call('abandonDraft', {
    person: 'dora',
    reason: 'quit',
    detail: 'The window was closed.',
    by: 'test',
  });
  const own = await mailTo('dora', 'Your registration did not succeed');
  expect(own.text).toContain('The window was closed.');
  await mailTo('asha', 'Dora Lind: registration failed');
  await mailTo('ben', 'Dora Lind: registration failed');
});

it('a code that an operator issues anew is mailed and works', async () => {
  await office.call('reissueCode', { person: 'ben', reason: 'reissued', by: 'test' });
  const code = await codeIn(await mailTo('ben', 'Your new entry code'));
  expect((await office.showCode(code, ['ben'])).outcome).toBe('granted');
});
