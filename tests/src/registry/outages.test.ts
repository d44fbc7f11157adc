import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buckets, galleryEntry, personAbandoned, personDeleted } from '@latchkey/contracts';
import { openSignedBucket } from '@latchkey/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { templateOf } from './neighbour.js';
import { type Instance, Office } from './registry.fixture.js';
import { until } from './until.js';

// Real: the broker (killed and restarted), the store (SQLite), the keys, gRPC.
describe('the registry, with things gone wrong', () => {
  let office: Office;
  let instance: Instance;
  beforeEach(async () => {
    office = await Office.open();
    instance = await office.start();
  });
  afterEach(async () => {
    await instance.close();
    await office[Symbol.asyncDispose]();
  });

  it('loses nothing where it ends between the write and the news of it', async () => {
    const { neighbour } = instance;
    await neighbour.enrol('s1', 1);
    const code = await office.post.newestCode('s1', 1);
    await office.broker.kill('SIGKILL');
    expect(await neighbour.showCode(code, ['s1'])).toMatchObject({ outcome: 'granted' });
    await instance.close();
    await office.broker.restart();
    instance = await office.start();
    const next = await office.post.newestCode('s1', 2);
    expect(await instance.neighbour.showCode(next, ['s1'])).toMatchObject({ outcome: 'granted' });
  });

  it('tells what it owes as soon as the broker is back', async () => {
    const { neighbour } = instance;
    await neighbour.enrol('s1', 1);
    const code = await office.post.newestCode('s1', 1);
    await office.broker.kill('SIGKILL');
    expect(await neighbour.showCode(code, ['s1'])).toMatchObject({ outcome: 'granted' });
    await office.broker.restart();
    await office.post.newestCode('s1', 2);
  });

  it('fills the gallery again after the broker lost its memory', async () => {
    await instance.neighbour.enrol('s1', 1);
    await instance.neighbour.enrol('s2', 2);
    await office.gallery('s1', 's2');
    await office.broker.kill('SIGKILL');
    await office.broker.restart();
    expect(await office.gallery('s1', 's2')).toEqual(['s1', 's2']);
  });

  it('forgets a person while the broker is away, and tells of it when it is back', async () => {
    await instance.neighbour.enrol('s1', 1);
    await instance.neighbour.enrol('s2', 2);
    await office.gallery('s1', 's2');
    await office.broker.kill('SIGKILL');
    const receipt = await instance.neighbour.call('deletePerson', { person: 's1', by: 'op' });
    expect(receipt.receipt).toMatch(/^R-/);
    await office.broker.restart();
    await office.gallery('s2');
    await office.post.event('REGISTRY', personDeleted.template, 's1');
  });

  it('takes from the gallery at its start whoever does not belong there', async () => {
    await instance.neighbour.enrol('s1', 1);
    await office.gallery('s1');
    await instance.close();
    const bucket = await openSignedBucket(office.bus, buckets.gallery, galleryEntry, {
      keysDir: office.keysDir,
      signer: 'registry',
      writes: true,
    });
    await bucket.put('ghost', { person: 'ghost', version: 1, sealed: 'AAAA' });
    instance = await office.start();
    expect(await office.gallery('s1')).toEqual(['s1']);
  });

  it('gives a registration up after fifteen minutes, and frees its id and address', async () => {
    await instance.neighbour.createDraft('s1');
    await instance.neighbour.addSample('s1', templateOf(1));
    await instance.close();
    instance = await office.start(15 * 60 * 1_000 + 60_000);
    const event = await office.post.event('REGISTRY', personAbandoned.template, 's1');
    expect(event.data).toMatchObject({ person: 's1', reason: 'expired' });
    await instance.neighbour.enrol('s2', 1, { email: 's1@campus.example' });
    await instance.neighbour.createDraft('s1', { email: 'other@campus.example' });
  });

  it('forgets everyone, and takes them back under the same ids', async () => {
    await instance.neighbour.enrol('s1', 1);
    await instance.neighbour.createDraft('s2');
    const { receipts } = await instance.neighbour.call('deleteAllPeople', { by: 'op' });
    expect(receipts.map(({ person }) => person)).toEqual(['s1', 's2']);
    await office.gallery();
    await instance.neighbour.enrol('s1', 1);
    await office.gallery('s1');
  });

  it('keeps no code and no template in clear, and nothing of a person who is forgotten but the id', async () => {
    const { neighbour } = instance;
    const name = 'Asha Unforgettable Rao';
    const email = 'asha.unforgettable@campus.example';
    for (let who = 2; who < 12; who += 1) await neighbour.enrol(`other-${who}`, who);
    await neighbour.enrol('s1', 1, { name, email });
    const codes = [await office.post.newestCode('s1', 1)];
    await neighbour.showCode(codes[0] ?? '', ['s1']);
    codes.push(await office.post.newestCode('s1', 2));
    expect(await found([name, email])).toEqual([name, email]);
    const template = new Uint8Array(new Float32Array(templateOf(1)).buffer).slice(64, 96);
    const secrets = [...codes, ...codes.map((code) => code.slice(4)), Buffer.from(template)];
    const texts = secrets.filter((secret) => typeof secret === 'string');
    const encoded = [
      Buffer.from(template).toString('base64url').slice(0, 40),
      String(templateOf(1)[7]),
    ];
    expect(
      await found([
        ...secrets,
        ...encoded,
        ...texts.map((text) => Buffer.from(text).toString('base64')),
      ]),
    ).toEqual([]);
    await neighbour.call('deletePerson', { person: 's1', by: 'op' });
    expect(await found([name, email])).toEqual([]);
    await neighbour.createDraft('s20', { name, email });
    await neighbour.addSample('s20', templateOf(20));
    await neighbour.call('abandonDraft', { person: 's20', reason: 'quit', detail: '', by: 'op' });
    expect(await found([name, email])).toEqual([]);
  });

  /** Which of these stand anywhere in the database's files, byte by byte. */
  async function found(needles: readonly (string | Buffer)[]): Promise<(string | Buffer)[]> {
    const folder = join(office.folder, 'data');
    const files = await Promise.all(
      (await readdir(folder)).map((file) => readFile(join(folder, file))),
    );
    return needles.filter((needle) => files.some((file) => file.includes(needle)));
  }

  it('answers that the broker is away by its health, and goes on', async () => {
    await office.broker.kill('SIGKILL');
    await instance.neighbour.createDraft('s1');
    const list = await instance.neighbour.call('listPeople', {
      state: 'draft',
      q: '',
      group: '',
      sort: '',
      pageSize: 0,
      pageToken: '',
    });
    expect(list).toMatchObject({ total: 1, people: [{ person: 's1', state: 'draft' }] });
    await office.broker.restart();
    await until('the audit', async () => {
      const { entries } = await instance.neighbour.audit();
      return entries.find(({ action }) => action === 'person.draft');
    });
  });
});
