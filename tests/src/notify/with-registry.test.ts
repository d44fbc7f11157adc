import { randomUUID } from 'node:crypto';
import { accessGranted } from '@latchkey/contracts';
import type { CaughtMail } from '@latchkey/devstack';
import { REGISTRY, type Registry, registry } from '@latchkey/registry';
import { createLogger, publishEvent, type Service } from '@latchkey/runtime';
import { type CodeReader, createCodeReader } from '@latchkey/vision';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Neighbour } from '../registry/neighbour.js';
import { PostOffice } from './post-office.fixture.js';

// Real here: broker, registry with its store, gRPC, keys, SMTP server, notify, the reader of codes. Faces are vectors.
const WAIT_MS = 45_000;
const DOOR = 'library-north';
let office: PostOffice;
let people: Service;
let neighbour: Neighbour;
let reader: CodeReader;

beforeAll(async () => {
  reader = await createCodeReader();
  office = await PostOffice.open();
  const config = registry.readConfig({
    NATS_URL: office.broker.url,
    LK_KEYS_DIR: office.keysDir,
    LK_DATA_DIR: office.dataDir,
    LK_REGISTRY_URL: '127.0.0.1:0',
  });
  const logger = createLogger({ service: 'registry', instance: 'test', level: 'silent' });
  people = await registry.create(config, { logger });
  const address = `127.0.0.1:${people.get<Registry>(REGISTRY).grpc.port}`;
  neighbour = new Neighbour(address, office.keysDir);
  await office.startNotify({ LK_REGISTRY_URL: address });
  const settingsJson = JSON.stringify({ name: 'Library, north door' });
  await neighbour.call('createDoor', { door: DOOR, settingsJson, by: 'test' });
});

afterAll(async () => {
  neighbour.close();
  await people.close();
  await office[Symbol.asyncDispose]();
});

const mailTo = (person: string, subject: string): Promise<CaughtMail> =>
  office.mail.waitFor(
    (one) => one.to[0] === `${person}@campus.example` && one.subject === subject,
    WAIT_MS,
  );

async function codeIn(one: CaughtMail): Promise<string> {
  const part = one.attachments.find(({ disposition }) => disposition === 'attachment');
  const [code] = await reader.read(Buffer.from(part?.contentBase64 ?? '', 'base64'));
  return code?.text ?? '';
}

it('a person registers, enters with the code out of the mail, and gets the next one that works, too', async () => {
  await neighbour.enrol('asha', 1, { name: 'Asha Rao' });
  const first = await codeIn(await mailTo('asha', 'You are registered: your first entry code'));
  await neighbour.enrol('ben', 2, { name: 'Ben Okafor' });
  await mailTo('asha', 'Ben Okafor was registered');

  const attempt = randomUUID();
  expect((await neighbour.showCode(first, ['asha'], { attempt })).outcome).toBe('granted');
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
  expect((await neighbour.showCode(await codeIn(next), ['asha'])).outcome).toBe('granted');
  expect(
    office.mail.mails().filter(({ subject }) => subject === 'Asha Rao was registered'),
  ).toEqual([]);
});

it('a registration that is given up is told to the applicant and to the others', async () => {
  await neighbour.createDraft('dora', { name: 'Dora Lind' });
  await neighbour.call('abandonDraft', {
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
  await neighbour.call('reissueCode', { person: 'ben', reason: 'reissued', by: 'test' });
  const code = await codeIn(await mailTo('ben', 'Your new entry code'));
  expect((await neighbour.showCode(code, ['ben'])).outcome).toBe('granted');
});
