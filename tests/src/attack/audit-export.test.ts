// Real: broker, registry with its file store, gateway over HTTP, the command line as a process, exports and receipts as files.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type AuditLink, auditLink, checkpointText, linkAfter } from '@latchkey/contracts';
import { loadSigner } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newOperator } from '../gateway/browser.fixture.js';
import { enrolAt } from '../gateway/enrolled.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';
import { latchkey } from './command.fixture.js';

/** Says of everything that somebody else did it, in a chain without a fault, signed with the registry's own key. */
async function writeAuditAnew({ folder, keysDir }: FrontDesk): Promise<void> {
  const signer = await loadSigner(keysDir, 'registry');
  using database = new DatabaseSync(join(folder, 'registry.db'), { timeout: 5_000 });
  const rows = database.prepare('SELECT id, body FROM audit ORDER BY id').all();
  let head: AuditLink | null = null;
  for (const { id, body } of rows) {
    const { entry, end, salt } = auditLink.parse(JSON.parse(String(body)));
    head = linkAfter(head, { entry: entry && { ...entry, by: 'mallory' }, end }, salt);
    database.prepare('UPDATE audit SET body = ? WHERE id = ?').run(JSON.stringify(head), id ?? '');
  }
  const { seq, hash } = head ?? { seq: 0, hash: '' };
  const signed = { seq, hash, at: Date.now() };
  const checkpoint = { ...signed, signature: signer.sign(checkpointText(signed)) };
  const last = database.prepare('SELECT id FROM checkpoints ORDER BY id DESC').get();
  database.prepare('DELETE FROM checkpoints WHERE id != ?').run(last?.['id'] ?? '');
  database.prepare('UPDATE checkpoints SET body = ?').run(JSON.stringify(checkpoint));
}

const person = (id: string) => ({
  id,
  name: `Name of ${id}`,
  email: `${id}@campus.example`,
  consent: { version: '2026-11' },
});

describe('the audit as it is exported', { timeout: 240_000 }, () => {
  let desk: FrontDesk;
  let exported: string;
  beforeAll(async () => {
    desk = await FrontDesk.open();
    await enrolAt(desk, person('ada'), 1);
    await enrolAt(desk, person('ben'), 2);
    exported = await exportTo('audit.jsonl');
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  async function exportTo(name: string): Promise<string> {
    const file = join(desk.folder, name);
    await writeFile(file, (await latchkey(desk, 'audit', 'export')).out);
    return file;
  }

  async function edited(name: string, edit: (lines: string[]) => string[]): Promise<string> {
    const lines = (await readFile(exported, 'utf8')).trim().split('\n');
    const file = join(desk.folder, name);
    await writeFile(file, `${edit(lines).join('\n')}\n`);
    return file;
  }

  const noted = () =>
    expect.poll(async () => (await desk.fetch('/audit/chain?limit=500')).text(), {
      timeout: 45_000,
    });

  it('is whole, and signed to its end, where nobody touched it', async () => {
    for (const where of [[], ['--file', exported]]) {
      const ran = await latchkey(desk, 'audit', 'verify', ...where);
      expect(ran).toMatchObject({ code: 0, err: '' });
      expect(ran.out).toMatch(/Checked \d+ entries/);
      expect(ran.out).toMatch(/signed it up to entry (\d+) of \1\./);
      expect(ran.out).toContain('Nothing was changed.');
    }
  });

  it('names nobody but by id', async () => {
    expect(await readFile(exported, 'utf8')).not.toMatch(/Name of|@campus/);
  });

  it('cannot be edited, cut, or put in another order unseen: the check says where and ends with 1', async () => {
    const edits: readonly [RegExp, (lines: string[]) => string[]][] = [
      [
        /Entry 2 was changed/,
        (lines) => lines.with(1, (lines[1] ?? '').replace('"by":"', '"by":"x')),
      ],
      [/Entry 2 is missing/, (lines) => lines.toSpliced(1, 1)],
      [
        /Entry 2 stands after entry 3/,
        (lines) => [lines[0], lines[2], lines[1], ...lines.slice(3)].map(String),
      ],
      [
        /the audit ends after 2/,
        (lines) => lines.filter((line, n) => n < 2 || line.includes('checkpoint')),
      ],
    ];
    for (const [n, [words, edit]] of edits.entries()) {
      const ran = await latchkey(
        desk,
        'audit',
        'verify',
        '--file',
        await edited(`edit-${n}`, edit),
      );
      expect(ran.out).toMatch(words);
      expect(ran.code).toBe(1);
    }
  });

  it('cannot be begun anew: what an older export signed must still be so', async () => {
    await using other = await FrontDesk.open();
    const anew = join(desk.folder, 'anew.jsonl');
    await writeFile(anew, (await latchkey(other, 'audit', 'export')).out);
    const ran = await latchkey(desk, 'audit', 'verify', '--file', anew, '--since', exported);
    expect(ran.out).toMatch(/The registry signed \d+ entries; the audit ends after 0/);
    expect(ran.code).toBe(1);
    expect((await latchkey(desk, 'audit', 'verify', '--since', exported)).code).toBe(0);
  });

  it('cannot be written anew by who holds the store and the signing key: what was told on the bus shows it', async () => {
    await using other = await FrontDesk.open();
    for (const id of ['north', 'south']) await other.ask('POST', '/doors', { id, name: id });
    const told = () => latchkey(other, 'audit', 'checkpoints');
    // The chain is signed when it is read, and told of then; the read model has it a moment later.
    expect((await latchkey(other, 'audit', 'verify')).code).toBe(0);
    await expect.poll(async () => (await told()).out, { timeout: 90_000 }).toMatch(/"seq":\d+/);
    const kept = join(other.folder, 'kept.jsonl');
    await writeFile(kept, (await told()).out);
    await writeAuditAnew(other);
    const anew = join(other.folder, 'written-anew.jsonl');
    await writeFile(anew, (await latchkey(other, 'audit', 'export')).out);
    expect(await readFile(anew, 'utf8')).toContain('mallory');
    // By itself nothing is wrong with it.
    expect((await latchkey(other, 'audit', 'verify', '--file', anew)).code).toBe(0);
    for (const where of [[], ['--file', anew, '--since', kept]]) {
      const ran = await latchkey(other, 'audit', 'verify', ...where);
      expect(ran.out).toMatch(/the audit is not what the registry signed/);
      expect(ran.code).toBe(1);
    }
  });

  it('is not for a role that may not read the audit', async () => {
    for (const role of ['guard', 'enroller'] as const) {
      const browser = await newOperator(desk, `the-${role}`, role);
      for (const path of ['/audit', '/audit/chain']) {
        expect(await browser.ask('GET', path)).toMatchObject({
          status: 403,
          json: { code: 'LK-AUTH-004' },
        });
      }
    }
  });

  it('still holds when a person is forgotten, and the values noted about them are gone', async () => {
    const read = await desk.ask('GET', '/people/ben');
    const { id, name, email } = person('ben');
    const etag = { 'if-match': read.headers.get('etag') ?? '' };
    await desk.ask('PUT', `/people/${id}`, { name, email, groups: ['nights of ben'] }, etag);
    await noted().toContain('nights of ben');
    await desk.ask('DELETE', `/people/${id}`);
    await noted().not.toContain('nights of ben');
    const ran = await latchkey(desk, 'audit', 'verify', '--since', exported);
    expect(ran.out).toContain('1 had their values erased');
    expect(ran.code).toBe(0);
  });

  it('a receipt of erasure is signed, and not a letter of it can be changed', async () => {
    const { json } = await desk.ask('DELETE', '/people/ada');
    const file = join(desk.folder, 'receipt.json');
    await writeFile(file, JSON.stringify(json));
    expect(await latchkey(desk, 'receipt', 'verify', file)).toMatchObject({
      code: 0,
      out: expect.stringContaining('ada was forgotten') as string,
    });
    const changes = [
      { person: 'ben' },
      { at: '2026-01-01T00:00:00.000Z' },
      { digest: '0'.repeat(64) },
      { erased: ['key'] },
      { receipt: 'R-2' },
    ];
    await writeFile(file, JSON.stringify(changes.map((change) => ({ ...json, ...change }))));
    const { out, code } = await latchkey(desk, 'receipt', 'verify', file);
    expect(out.match(/✗/g)).toHaveLength(changes.length);
    expect(out).not.toContain('✓');
    expect(code).toBe(1);
  });
});
