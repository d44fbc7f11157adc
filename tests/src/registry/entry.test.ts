import { randomUUID } from 'node:crypto';
import {
  applicantNotice,
  buckets,
  codeLocked,
  doorPolicy,
  galleryEntry,
  galleryTemplate,
  sealedApplicant,
} from '@latchkey/contracts';
import { loadSeed, open, openSignedBucket } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Neighbour, templateOf } from './neighbour.js';
import { type Instance, Office } from './registry.fixture.js';
import { until } from './until.js';

// Real: the broker, the store (SQLite), the keys, gRPC. Simulated: the faces, as unit vectors.
describe('the registry, called as its neighbours call it', () => {
  let office: Office;
  let instance: Instance;
  let neighbour: Neighbour;
  beforeAll(async () => {
    office = await Office.open();
    instance = await office.start();
    ({ neighbour } = instance);
  });
  afterAll(async () => {
    await instance.close();
    await office[Symbol.asyncDispose]();
  });

  it('registers a person, mails the first code, and fills the gallery for the face workers', async () => {
    const facts = { guard: true, groups: ['staff'] };
    const person = await neighbour.enrol('s1', 1, facts);
    expect(person).toMatchObject({ person: 's1', state: 'enrolled', samples: 5, ...facts });
    expect(await office.post.newestCode('s1', 1)).toMatch(/^LK1\.[A-Za-z0-9_-]{22}$/);
    await office.gallery('s1');
    const entry = await (
      await openSignedBucket(office.bus, buckets.gallery, galleryEntry, {
        keysDir: office.keysDir,
        signer: 'registry',
      })
    ).get('s1');
    const opened = open(await loadSeed(office.keysDir, 'face'), entry?.value.sealed ?? '');
    const template = galleryTemplate.parse(JSON.parse(new TextDecoder().decode(opened)));
    expect(template).toMatchObject({ person: 's1', version: entry?.value.version });
    const floats = new Float32Array(
      new Uint8Array(Buffer.from(template.vector, 'base64url')).buffer,
    );
    expect(floats[1]).toBeGreaterThan(0.9);
    expect(Math.hypot(...floats)).toBeCloseTo(1, 5);
  });

  it('opens with the code, replaces it by a new one, and takes the used one for wrong', async () => {
    const first = await office.post.newestCode('s1', 1);
    const attempt = randomUUID();
    const granted = await neighbour.showCode(first, ['s1'], { attempt });
    expect(granted).toMatchObject({ outcome: 'granted', person: 's1' });
    expect(await neighbour.showCode(first, ['s1'], { attempt })).toEqual(granted);
    expect(await neighbour.showCode(first, ['s1'])).toMatchObject({
      outcome: 'wrong',
      remaining: 4,
    });
    const second = await office.post.newestCode('s1', 2);
    expect(second).not.toBe(first);
    expect(await neighbour.showCode(second, ['s1'])).toMatchObject({ outcome: 'granted' });
  });

  it('refuses what was sealed for another door, and what comes too late, and leaves the code valid', async () => {
    const code = await office.post.newestCode('s1', 3);
    await expect(
      neighbour.showCode(code, ['s1'], { sealedDoor: 'library-south' }),
    ).rejects.toMatchObject({ code: 'LK-COD-002' });
    expect(await neighbour.showCode(code, ['s1'], { notAfter: Date.now() - 1 })).toMatchObject({
      outcome: 'too-late',
      used: false,
    });
    expect(await neighbour.showCode(code, ['s1'])).toMatchObject({ outcome: 'granted' });
  });

  it("calls another's code a mismatch and leaves it valid", async () => {
    await neighbour.enrol('s2', 2);
    const code = await office.post.newestCode('s2', 1);
    expect(await neighbour.showCode(code, ['s1'])).toMatchObject({
      outcome: 'mismatch',
      person: 's1',
    });
    expect(await neighbour.showCode(code, ['s1', 's2'])).toMatchObject({
      outcome: 'granted',
      person: 's2',
    });
  });

  it('locks after five wrong codes, tells of it, and lets an operator lift it', async () => {
    const door = 'gate';
    const wrong = () => neighbour.showCode(`LK1.${'A'.repeat(22)}`, ['s2'], { door });
    for (const remaining of [4, 3, 2, 1, 0]) {
      expect(await wrong()).toMatchObject({ outcome: 'wrong', person: 's2', remaining });
    }
    const code = await office.post.newestCode('s2', 2);
    expect(await neighbour.showCode(code, ['s2'], { door })).toMatchObject({ outcome: 'locked' });
    expect(await office.post.event('REGISTRY', codeLocked.template, 's2')).toMatchObject({
      data: { door },
    });
    expect((await neighbour.call('getPerson', { person: 's2', by: '' })).locks).toHaveLength(1);
    const lifted = await neighbour.call('liftLock', { person: 's2', door, by: 'op' });
    expect(lifted.locks).toEqual([]);
    expect(await neighbour.showCode(code, ['s2'], { door })).toMatchObject({ outcome: 'granted' });
  });

  it('answers who hears of it, page by page, and how to address one', async () => {
    await neighbour.enrol('s3', 3, { groups: ['staff'] });
    const asked = {
      audience: 'everyone',
      group: '',
      except: 's2',
      enrolledBefore: 0,
      pageSize: 2,
      pageToken: '',
    };
    const first = await neighbour.call('listRecipients', asked);
    expect(first).toEqual({ people: ['s1'], nextPageToken: 's2' });
    const second = await neighbour.call('listRecipients', {
      ...asked,
      pageToken: first.nextPageToken,
    });
    expect(second).toEqual({ people: ['s3'], nextPageToken: '' });
    const of = async (facts: object) =>
      (await neighbour.call('listRecipients', { ...asked, pageSize: 0, except: '', ...facts }))
        .people;
    expect(await of({ audience: 'guards' })).toEqual(['s1']);
    expect(await of({ audience: 'group', group: 'staff' })).toEqual(['s1', 's3']);
    const { enrolledAt } = await neighbour.call('getPerson', { person: 's3', by: '' });
    expect(await of({ enrolledBefore: enrolledAt })).toEqual(['s1', 's2']);
    const contact = await neighbour.call('getContact', { person: 's1', by: 'notify' });
    expect(contact).toEqual({
      person: 's1',
      name: 'Name of s1',
      email: 's1@campus.example',
      language: 'en',
    });
  });

  it('refuses an id and an address that are taken, and a face that is enrolled, naming whose', async () => {
    await expect(neighbour.createDraft('s1')).rejects.toMatchObject({ code: 'LK-PER-002' });
    await expect(
      neighbour.createDraft('S1', { email: 'other@campus.example' }),
    ).rejects.toMatchObject({
      code: 'LK-PER-002',
    });
    const email = 'S1@Campus.Example';
    await expect(neighbour.createDraft('s4', { email })).rejects.toMatchObject({
      code: 'LK-PER-004',
    });
    await neighbour.createDraft('s4');
    const alike = [{ person: 's1', score: 0.9 }];
    const sample = neighbour.addSample('s4', templateOf(1, 9), alike);
    await expect(sample).rejects.toMatchObject({ code: 'LK-PER-011' });
    await expect(sample).rejects.toThrow(/s1/);
  });

  it('finds at the commit a face that is enrolled, though the face workers said nothing', async () => {
    for (let turn = 0; turn < 5; turn += 1) await neighbour.addSample('s4', templateOf(1, turn));
    await expect(neighbour.call('commitDraft', { person: 's4', by: '' })).rejects.toMatchObject({
      code: 'LK-PER-011',
    });
  });

  it('forgets a registration that is given up, and lets notify alone know of whom', async () => {
    await neighbour.call('abandonDraft', {
      person: 's4',
      reason: 'quit',
      detail: 'no time',
      by: 'op',
    });
    await expect(neighbour.call('getPerson', { person: 's4', by: '' })).rejects.toMatchObject({
      code: 'LK-PER-006',
    });
    const { data } = await office.post.event('NOTICES', applicantNotice.template, 's4');
    const { sealed } = applicantNotice.data.parse(data);
    const opened = open(await loadSeed(office.keysDir, 'notify'), sealed);
    expect(sealedApplicant.parse(JSON.parse(new TextDecoder().decode(opened)))).toEqual({
      name: 'Name of s4',
      email: 's4@campus.example',
      detail: 'no time',
    });
    // The id and the address are free again.
    await neighbour.createDraft('s4');
    await neighbour.call('abandonDraft', { person: 's4', reason: 'quit', detail: '', by: 'op' });
  });

  it('tells a suspended person so, and keeps them in the gallery for that', async () => {
    await neighbour.call('suspendPerson', { person: 's3', by: 'op' });
    await office.gallery('s1', 's2', 's3');
    const code = await office.post.newestCode('s3', 1);
    expect(await neighbour.showCode(code, ['s3'])).toMatchObject({
      outcome: 'suspended',
      person: 's3',
    });
    // Nor do they hear of others meanwhile.
    const all = { audience: 'everyone', group: '', except: '', enrolledBefore: 0 };
    const hearing = async () =>
      (await neighbour.call('listRecipients', { ...all, pageSize: 0, pageToken: '' })).people;
    expect(await hearing()).toEqual(['s1', 's2']);
    await neighbour.call('resumePerson', { person: 's3', by: 'op' });
    expect(await hearing()).toEqual(['s1', 's2', 's3']);
    expect(await neighbour.showCode(code, ['s3'])).toMatchObject({ outcome: 'granted' });
  });

  it('keeps doors and their policy in step, and prints a token once', async () => {
    const bucket = await openSignedBucket(office.bus, buckets.policy, doorPolicy, {
      keysDir: office.keysDir,
      signer: 'registry',
    });
    const policy = (version: number) =>
      until(`policy ${version}`, async () => {
        const entry = await bucket.get('gate');
        return entry?.value.version === version ? entry.value : undefined;
      });
    const settingsJson = JSON.stringify({ name: 'Gate' });
    const made = await neighbour.call('createDoor', { door: 'gate', settingsJson, by: 'op' });
    expect(made.kioskToken).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const first = await policy(1);
    expect(first).toMatchObject({ door: 'gate', name: 'Gate', audience: 'everyone' });
    const changed = JSON.stringify({ name: 'Gate', audience: 'nobody' });
    const update = { door: 'gate', settingsJson: changed, by: 'op', version: 1 };
    expect(await neighbour.call('updateDoor', update)).toMatchObject({ version: 2 });
    await expect(neighbour.call('updateDoor', update)).rejects.toMatchObject({
      code: 'LK-STO-002',
    });
    const renewed = await neighbour.call('renewKioskToken', { door: 'gate', by: 'op' });
    const third = await policy(3);
    expect(third).toMatchObject({ audience: 'nobody' });
    expect(third.kioskTokenDigest).not.toBe(first.kioskTokenDigest);
    expect(JSON.stringify([first, third])).not.toContain(renewed.kioskToken);
    expect((await neighbour.call('listDoors', {})).doors.map(({ door }) => door)).toEqual(['gate']);
    await neighbour.call('removeDoor', { door: 'gate', by: 'op' });
    await until('no policy', async () => ((await bucket.get('gate')) ? undefined : true));
    await expect(neighbour.call('getDoor', { door: 'gate', by: '' })).rejects.toMatchObject({
      code: 'LK-DOR-003',
    });
  });

  it('writes down who did what, the newest first', async () => {
    const entries = await until('the last of it', async () => {
      const noted = (await neighbour.audit()).entries;
      return noted.some(({ action }) => action === 'door.removed') ? noted : undefined;
    });
    const actions = entries.filter(({ by }) => by === 'op').map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining([
        'code.unlocked',
        'person.abandoned',
        'person.suspended',
        'door.created',
      ]),
    );
    const times = entries.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const newest = await neighbour.audit({ since: times[0] ?? 0, pageSize: 1 });
    expect(newest.entries).toEqual(entries.slice(0, 1));
    expect(JSON.stringify(entries)).not.toMatch(/Name of|campus\.example/);
  });

  it('names what is malformed and nothing of what came', async () => {
    const bad = neighbour.createDraft('s9', { name: 'two\nlines' });
    await expect(bad).rejects.toMatchObject({ code: 'LK-PER-005', kind: 'terminal' });
    await expect(bad).rejects.not.toThrow(/two/);
  });
});
