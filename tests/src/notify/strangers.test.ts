import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { consumers } from '@latchkey/contracts';
import { alarm, deny } from './jobs.fixture.js';
import { PostOffice, populate } from './post-office.fixture.js';

// Real here: broker, SMTP server with TLS and login, gRPC, keys, two notify replicas. The registry is a map.
const WAIT_MS = 45_000;
/** Longer than a slow machine takes for what happens in between. */
const GATHER_S = '10';
let office: PostOffice;
let door: string;

beforeAll(async () => {
  office = await PostOffice.open();
  populate(office.registry);
  await office.startNotify({ LK_GATHER_S: GATHER_S });
  await office.startNotify({ LK_GATHER_S: GATHER_S });
});

beforeEach(async () => {
  // Each test has a door of its own: strangers and alarms are gathered by door.
  door = `door-${randomUUID().slice(0, 8)}`;
  await office.setDoor(door, { name: 'Library', audience: 'guards' });
  await office.mail.clear();
});

afterAll(() => office[Symbol.asyncDispose]());

const subjects = (): string[] => office.mail.mails().map(({ subject }) => subject);
const gathered = (count: number) =>
  office.mail.waitFor(({ subject }) => subject.includes(`${count} more`), WAIT_MS);

describe('an unknown visitor', () => {
  it('is reported at once, with the photograph', async () => {
    const jpeg = Buffer.from('a photograph');
    await deny(office, { door, evidence: await office.keepEvidence(jpeg) });
    await office.settled();
    expect(subjects()).toEqual(['Action required: unknown visitor at Library']);
    const [mail] = office.mail.mails();
    expect(mail?.to).toEqual(['carol@campus.example']);
    expect(mail?.attachments).toHaveLength(1);
    expect(mail?.attachments[0]).toMatchObject({
      filename: 'photograph.jpg',
      contentType: 'image/jpeg',
      contentBase64: jpeg.toString('base64'),
    });
  });

  it('is reported also where there is no photograph any more', async () => {
    await deny(office, { door, evidence: 'gone' });
    await office.settled();
    expect(office.mail.mails()[0]?.text).toContain('There is no photograph');
  });

  it('is counted in one mail with those who come soon after, over two replicas', async () => {
    await deny(office, { door });
    await office.settled();
    await Promise.all([deny(office, { door }), deny(office, { door })]);
    const jpeg = Buffer.from('the last one');
    await deny(office, { door, evidence: await office.keepEvidence(jpeg) });
    await office.settled();
    expect(subjects()).toHaveLength(1);
    const mail = await gathered(3);
    expect(mail.attachments[0]?.contentBase64).toBe(jpeg.toString('base64'));
    await office.settled();
    expect(subjects()).toHaveLength(2);
  });

  it('is reported at once again after those minutes', async () => {
    await deny(office, { door });
    await deny(office, { door });
    await deny(office, { door });
    await gathered(2);
    await deny(office, { door });
    await office.settled();
    expect(subjects().filter((subject) => subject.includes('unknown visitor at'))).toHaveLength(2);
  });

  it('at one door is not gathered with one at another', async () => {
    const other = `${door}-b`;
    await office.setDoor(other, { name: 'Gate', audience: 'guards' });
    await deny(office, { door });
    await deny(office, { door: other });
    await office.settled();
    expect(subjects().toSorted()).toEqual([
      'Action required: unknown visitor at Gate',
      'Action required: unknown visitor at Library',
    ]);
  });
});

describe('an alarm', () => {
  const toGuards = () =>
    office.mail.mails().filter(({ to }) => to.includes('carol@campus.example'));

  it('is mailed at once, and further ones alike in one mail that counts them', async () => {
    await alarm(office, 'mismatch', 'asha', null, door);
    await office.settled();
    expect(toGuards().map(({ subject }) => subject)).toEqual([
      'Alarm at Library: face and code of two people',
    ]);
    await Promise.all([1, 2].map(() => alarm(office, 'mismatch', 'asha', null, door)));
    const jpeg = Buffer.from('the last one');
    await alarm(office, 'mismatch', 'asha', await office.keepEvidence(jpeg), door);
    await office.settled();
    expect(toGuards()).toHaveLength(1);
    const mail = await gathered(3);
    expect(mail.subject).toBe('3 more alarms at Library: face and code of two people');
    expect(mail.text).toContain('Taken for: Asha Rao');
    expect(mail.attachments[0]?.contentBase64).toBe(jpeg.toString('base64'));
    await office.settled();
    const own = office.mail.mails().filter(({ to }) => to.includes('asha@campus.example'));
    expect(own.map(({ text }) => /How many more times: (\d)/.exec(text)?.[1])).toEqual([
      undefined,
      '3',
    ]);
  });

  it('is not gathered with one of another person, another kind or another door', async () => {
    const other = `${door}-b`;
    await office.setDoor(other, { name: 'Gate', audience: 'guards' });
    await alarm(office, 'mismatch', 'asha', null, door);
    await alarm(office, 'mismatch', 'ben', null, door);
    await alarm(office, 'wrong-code', 'asha', null, door);
    await alarm(office, 'not-live', null, null, door);
    await alarm(office, 'not-live', 'asha', null, door);
    await alarm(office, 'mismatch', 'asha', null, other);
    await deny(office, { door });
    await office.settled();
    expect(toGuards()).toHaveLength(7);
  });
});

describe('strangers who were told of hours ago', () => {
  it('are not counted again by a consumer that is made anew, though a window is open', async () => {
    await using own = await PostOffice.open();
    populate(own.registry);
    await own.setDoor('gate', { name: 'Gate', audience: 'guards' });
    const crowd = async (count: number) => {
      for (let index = 0; index < count; index++) await deny(own, { door: 'gate' });
    };
    const first = await own.startNotify({ LK_GATHER_S: GATHER_S });
    await crowd(4);
    await own.mail.waitFor(({ subject }) => subject.includes('3 more'), WAIT_MS);
    await crowd(3);
    await own.settled();
    await first.close();
    const { stream, durable } = consumers.notifyAccess;
    await own.bus.jsm.consumers.delete(stream, durable);
    await own.startNotify({ LK_GATHER_S: GATHER_S });
    await own.settled();
    const mail = await own.mail.waitFor(({ subject }) => /\b[^3] more/.test(subject), WAIT_MS);
    expect(mail.subject).toContain('2 more');
    await own.settled();
    expect(own.mail.mails()).toHaveLength(4);
  });
});

describe('strangers who were gathered when notify stopped', () => {
  it('are mailed by the next one that runs', async () => {
    await using own = await PostOffice.open();
    populate(own.registry);
    await own.setDoor('gate', { name: 'Gate', audience: 'guards' });
    const first = await own.startNotify({ LK_GATHER_S: GATHER_S });
    for (let index = 0; index < 3; index++) await deny(own, { door: 'gate' });
    await own.settled();
    await first.close();
    expect(own.mail.mails()).toHaveLength(1);
    await own.startNotify({ LK_GATHER_S: GATHER_S });
    await own.mail.waitFor(({ subject }) => subject.includes('2 more'), WAIT_MS);
  });
});
