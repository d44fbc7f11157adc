import { randomUUID } from 'node:crypto';
import {
  accessGranted,
  createEvent,
  deadHeaders,
  deadSubject,
  doorOpen,
  mailNotice,
  subjectOf,
} from '@latchkey/contracts';
import { type CaughtMail, initOperatorToken } from '@latchkey/devstack';
import { gateway } from '@latchkey/gateway';
import { REGISTRY, type Registry, registry } from '@latchkey/registry';
import { createLogger, publishEvent, type Service, subscribeEvents } from '@latchkey/runtime';
import { type CodeReader, createCodeReader } from '@latchkey/vision';
import { headers } from '@nats-io/nats-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runLatchkey } from '../attack/command.fixture.js';
import { Neighbour } from '../registry/neighbour.js';
import { PostOffice, until } from './post-office.fixture.js';

// Real here: broker, registry with its store, gRPC, keys, SMTP server, notify, gateway over HTTP, the command line as a
// process, the reader of codes. Faces are vectors.
const WAIT_MS = 45_000;
const DOOR = 'library-north';
const opened = new AsyncDisposableStack();
let office: PostOffice;
let desk: Service;
let token: string;
let neighbour: Neighbour;
let reader: CodeReader;

beforeAll(async () => {
  reader = await createCodeReader();
  office = opened.use(await PostOffice.open());
  const env = {
    NATS_URL: office.broker.url,
    LK_KEYS_DIR: office.keysDir,
    LK_DATA_DIR: office.dataDir,
  };
  const logger = createLogger({ service: 'test', instance: 'test', level: 'silent' });
  const listening = { ...env, LK_REGISTRY_URL: '127.0.0.1:0' };
  const people = opened.use(await registry.create(registry.readConfig(listening), { logger }));
  const address = `127.0.0.1:${people.get<Registry>(REGISTRY).grpc.port}`;
  neighbour = new Neighbour(address, office.keysDir);
  opened.defer(() => neighbour.close());
  await office.startNotify({ LK_REGISTRY_URL: address });
  token = (await initOperatorToken(office.keysDir)) ?? '';
  const facts = { ...env, LK_GATEWAY_PORT: '0', LK_REGISTRY_URL: address };
  desk = opened.use(await gateway.create(gateway.readConfig(facts), { logger }));
  const settingsJson = JSON.stringify({ name: 'Library, north door' });
  await neighbour.call('createDoor', { door: DOOR, settingsJson, by: 'test' });
  await neighbour.enrol('asha', 1, { name: 'Asha Rao' });
  await neighbour.enrol('ben', 2, { name: 'Ben Okafor' });
  await office.mail.waitFor(({ subject }) => subject === 'Ben Okafor was registered', WAIT_MS);
  await office.mail.waitFor(
    ({ to, subject }) => to[0] === 'ben@campus.example' && subject.endsWith('first entry code'),
    WAIT_MS,
  );
});
beforeEach(async () => {
  await office.settled();
  await office.mail.clear();
});
afterAll(() => opened.disposeAsync());

async function ask(method: string, path: string) {
  const authorization = `Bearer ${token}`;
  const init = { method, headers: { authorization }, signal: AbortSignal.timeout(WAIT_MS) };
  const response = await fetch(`${desk.httpUrl}/api/v1${path}`, init);
  const text = await response.text();
  return {
    status: response.status,
    json: text ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

/** What `latchkey` says on stdout, and how it ends. */
function latchkey(...args: string[]) {
  return runLatchkey({ url: desk.httpUrl, token }, ...args);
}

async function failedDelivery(occasion: string) {
  let found: { id: string; recipient: string; job: string } | undefined;
  await until(`${occasion} failed`, async () => {
    const { json } = await ask('GET', '/deliveries?state=failed');
    const all = json['deliveries'] as {
      id: string;
      occasion: string;
      recipient: string;
      job: string;
    }[];
    found = all.find((one) => one.occasion === occasion);
    return found !== undefined;
  });
  // It is noted before its dead letter is stored.
  await office.settled();
  return found ?? { id: '', recipient: '', job: '' };
}

/** How the newest acts of a kind stand, on what, and whom they concern. */
async function audited(action: string) {
  const { json } = await ask('GET', `/audit?by=token&action=${action}`);
  return json['entries'] as { subject: string; person: string | null; outcome: string }[];
}

async function letters() {
  const { json } = await ask('GET', '/dead-letters');
  return json['deadLetters'] as { id: number; consumer: string; event: string; code: string }[];
}

const anyMail = (): Promise<CaughtMail> => office.mail.waitFor(() => true, WAIT_MS);

describe('a mail that failed and is sent again', () => {
  it('is a new code where it was a code: the old one is never mailed, and void', async () => {
    office.mail.failNext(1, 550);
    await neighbour.call('reissueCode', { person: 'ben', reason: 'reissued', by: 'test' });
    const { id, recipient, job } = await failedDelivery('code-reissued');
    expect(recipient).toBe('ben');
    expect(await letters()).toMatchObject([
      { consumer: 'notify-code', event: job, code: 'LK-MAIL-002' },
    ]);
    expect(await ask('POST', `/deliveries/${id}/send-again`)).toMatchObject({
      status: 200,
      json: { outcome: 'new-code' },
    });
    const mail = await anyMail();
    expect(mail.subject).toBe('Your new entry code');
    const part = mail.attachments.find(({ disposition }) => disposition === 'attachment');
    const [code] = await reader.read(Buffer.from(part?.contentBase64 ?? '', 'base64'));
    expect((await neighbour.showCode(code?.text ?? '', ['ben'])).outcome).toBe('granted');
    await office.mail.waitFor(({ subject }) => subject === 'Your next entry code', WAIT_MS);
    expect(await letters()).toEqual([]);
    expect(await audited('delivery.send-again')).toMatchObject([
      { subject: id, person: 'ben', outcome: 'new-code' },
    ]);
    const { json } = await ask('GET', '/deliveries?state=superseded');
    expect(json['deliveries']).toMatchObject([{ id }]);
    expect((await ask('POST', `/deliveries/${id}/send-again`)).json['code']).toBe('LK-MAIL-005');
  });

  it('goes out from its dead letter where it was any other, once', async () => {
    office.mail.failNext(1, 554);
    const data = { ...mailNotice.example, recipient: 'asha', about: 'ben', door: DOOR };
    const job = randomUUID();
    await publishEvent(office.bus, mailNotice, {}, { id: job, correlationId: job, data });
    const { id } = await failedDelivery('person-entered');
    expect((await latchkey('deliveries', '--failed')).out).toMatch(
      new RegExp(`^${id} .*failed  person-entered  asha .*LK-MAIL-002`, 'm'),
    );
    expect(await latchkey('send-again', id)).toMatchObject({ out: 'It was sent.\n', code: 0 });
    expect((await anyMail()).subject).toBe('Ben Okafor logged in');
    expect(await letters()).toEqual([]);
    const again = await latchkey('send-again', id);
    expect(again).toMatchObject({ out: '', code: 1 });
    expect(again.err).toContain('LK-MAIL-005');
    expect(office.mail.mails()).toHaveLength(1);
    expect((await ask('POST', '/deliveries/unknown/send-again')).json['code']).toBe('LK-MAIL-004');
    expect((await audited('delivery.send-again'))[0]).toMatchObject({
      subject: id,
      person: 'asha',
      outcome: 'sent',
    });
  });
});

/** A grant that notify could not handle, as runtime leaves it. */
async function deadGrant(): Promise<{ sequence: number; secret: string }> {
  const attempt = randomUUID();
  const at = office.bus.nowMs();
  const facts = { attempt, door: DOOR, camera: 'main', at, person: 'ben' };
  const data = { ...facts, score: 0.8, expiresAt: at + 2_000 };
  const event = createEvent(accessGranted, {
    id: `${attempt}:outcome`,
    source: 'auth',
    timeMs: at,
    correlationId: attempt,
    data,
  });
  const head = headers();
  head.set(deadHeaders.code, 'LK-INT-001');
  head.set(deadHeaders.reason, 'a defect');
  head.set(deadHeaders.subject, subjectOf(accessGranted, { door: DOOR }));
  const subject = subjectOf(deadSubject, { stream: 'ACCESS', consumer: 'notify-access' });
  const ack = await office.bus.js.publish(subject, JSON.stringify(event), { headers: head });
  return { sequence: ack.seq, secret: attempt };
}

describe('a dead letter', () => {
  it('of a grant is replayed to notify alone: no door hears of it again', async () => {
    const opens: string[] = [];
    const listening = subscribeEvents(office.bus, doorOpen, {}, ({ id }) => void opens.push(id));
    const before = (await office.bus.jsm.streams.info('ACCESS')).state.last_seq;
    const { sequence } = await deadGrant();
    expect((await latchkey('dead-letters', 'list')).out).toMatch(
      new RegExp(`^${sequence} .*notify-access  LK-INT-001  a defect$`, 'm'),
    );
    const replayed = await latchkey('dead-letters', 'replay', `${sequence}`);
    expect(replayed).toMatchObject({ code: 0, err: '' });
    expect((await anyMail()).subject).toBe('Ben Okafor logged in');
    expect(await letters()).toEqual([]);
    expect((await ask('POST', `/dead-letters/${sequence}/replay`)).json['code']).toBe('LK-BUS-007');
    expect((await office.bus.jsm.streams.info('ACCESS')).state.last_seq).toBe(before);
    expect(opens).toEqual([]);
    expect((await audited('dead-letter.replay'))[0]).toMatchObject({
      subject: `${sequence}`,
      outcome: 'handled',
    });
    listening.stop();
    await office.settled();
    expect(office.mail.mails()).toHaveLength(1);
  });

  it('tells where it comes from and why, never what is in it, and can be dropped', async () => {
    const { sequence, secret } = await deadGrant();
    const one = await ask('GET', `/dead-letters/${sequence}`);
    expect(one.json).toMatchObject({ id: sequence, stream: 'ACCESS', reason: 'a defect' });
    expect(one.json['sizeBytes']).toBeGreaterThan(100);
    expect(JSON.stringify(one.json)).not.toContain(secret);
    expect(await latchkey('dead-letters', 'drop', `${sequence}`)).toMatchObject({ code: 0 });
    expect((await ask('DELETE', `/dead-letters/${sequence}`)).status).toBe(404);
    expect((await ask('GET', '/dead-letters/0')).status).toBe(400);
    expect((await audited('dead-letter.drop'))[0]).toMatchObject({
      subject: `${sequence}`,
      outcome: 'dropped',
    });
    expect(office.mail.mails()).toEqual([]);
  });
});
