// Real: the broker, the registry and its store (SQLite), whose files are put back from a backup. Simulated: faces, as unit vectors.
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AuditCheck, type AuditCheckpoint } from '@latchkey/contracts';
import { isSignedBy, loadSignerKey } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, Office } from '../registry/registry.fixture.js';
import { until } from '../registry/until.js';

describe('a backup that is put back', { timeout: 60_000 }, () => {
  let office: Office;
  let instance: Instance;
  let code: string;
  let signed: AuditCheckpoint[];

  beforeAll(async () => {
    office = await Office.open();
    instance = await office.start();
    await instance.neighbour.enrol('ada', 1);
    await instance.neighbour.enrol('ben', 2);
    const listed = {
      person: 'cleo',
      name: 'Cleo',
      email: 'cleo@campus.example',
      guard: false,
      groups: [],
      language: '',
    };
    await instance.neighbour.call('listNewcomers', {
      people: [listed],
      lookOnly: false,
      by: 'test',
    });
    await instance.neighbour.call('beginEnrolment', {
      person: 'cleo',
      consent: '2026-11',
      by: 'test',
    });
    code = await office.post.newestCode('ada', 1);
    await instance.close();
    await copy(data(), join(office.folder, 'backup'));

    instance = await office.start();
    for (const person of ['ada', 'cleo'])
      await instance.neighbour.call('deletePerson', { person, by: 'ines' });
    await until('an end of both', async () =>
      (await deletions()).length === 2 ? true : undefined,
    );
    signed = (await chain()).checkpoints;
    await instance.close();

    await copy(join(office.folder, 'backup'), data());
    instance = await office.start();
  });
  afterAll(async () => {
    await instance?.close();
    await office?.[Symbol.asyncDispose]();
  });

  const data = () => dirname(office.storeUrl.replace(/^file:/, ''));
  const chain = () => instance.neighbour.call('listAuditChain', { pageSize: 500, pageToken: '' });
  const deletions = async () =>
    (await instance.neighbour.audit({ action: 'person.deleted' })).entries;

  async function copy(from: string, to: string): Promise<void> {
    await rm(to, { recursive: true, force: true });
    await mkdir(to, { recursive: true });
    for (const file of await readdir(from)) await copyFile(join(from, file), join(to, file));
  }

  it('brings nobody back who was forgotten since: no record, enrolled or listed', async () => {
    for (const person of ['ada', 'cleo']) {
      await expect(
        instance.neighbour.call('getPerson', { person, by: 'test' }),
      ).rejects.toMatchObject({
        code: 'LK-PER-006',
      });
    }
    await expect(
      instance.neighbour.call('getPerson', { person: 'ben', by: 'test' }),
    ).resolves.toMatchObject({
      state: 'enrolled',
    });
  });

  it('brings no face back to the doors', async () => {
    expect(await office.gallery('ben')).toEqual(['ben']);
  });

  it('brings no code back to life', async () => {
    expect(await instance.neighbour.showCode(code, ['ada'])).toMatchObject({ outcome: 'wrong' });
    expect(await instance.neighbour.showCode(code, ['ben', 'ada'])).not.toMatchObject({
      outcome: 'granted',
    });
  });

  it('is noted: who was forgotten again, and that the audit is older than what was signed', async () => {
    const again = await until('both again', async () => {
      const found = await deletions();
      return found.length === 2 ? found : undefined;
    });
    expect(again.map(({ by, detail }) => [by, detail])).toEqual(
      Array.from({ length: 2 }, () => ['registry', expect.stringContaining('restored store')]),
    );
    const key = await loadSignerKey(office.keysDir, 'registry');
    const audit = new AuditCheck((text, signature) => isSignedBy([key], text, signature));
    const { links } = await chain();
    for (const { entry = null, end = null, ...link } of links) audit.link({ ...link, entry, end });
    for (const checkpoint of signed) audit.checkpoint(checkpoint);
    expect(audit.finish().faults).toMatchObject([
      { what: expect.stringMatching(/^(rewritten|cut-off)$/) as string },
    ]);
  });

  it('takes nobody along who was given a forgotten id afterwards', async () => {
    await instance.neighbour.enrol('Ada', 5, { email: 'another@campus.example' });
    await instance.close();
    instance = await office.start();
    await expect(
      instance.neighbour.call('getPerson', { person: 'Ada', by: 'test' }),
    ).resolves.toMatchObject({
      state: 'enrolled',
    });
  });
});
