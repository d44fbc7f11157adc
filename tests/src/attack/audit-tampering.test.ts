// Real: the broker, the registry and its store (SQLite), whose file is changed by hand. What is checked is what gRPC answers.
import { DatabaseSync } from 'node:sqlite';
import { AuditCheck, type AuditFindings, checkpointText, linkAfter } from '@latchkey/contracts';
import type { AuditCheckpoint } from '@latchkey/contracts/grpc';
import { isSignedBy, loadSignerKey } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, Office } from '../registry/registry.fixture.js';
import { until } from '../registry/until.js';

const place = (seq: number) => `e${String(seq).padStart(15, '0')}`;
const MADE = 12;

describe('whoever can write the database file', { timeout: 60_000 }, () => {
  let office: Office;
  let instance: Instance;
  let signed: AuditCheckpoint[];
  beforeAll(async () => {
    office = await Office.open();
    instance = await office.start();
    for (let n = 0; n < MADE; n += 1) {
      const settingsJson = JSON.stringify({ name: `Gate ${n}` });
      await instance.neighbour.call('createDoor', { door: `gate-${n}`, settingsJson, by: 'ines' });
    }
    await until('all of it', async () => (await chain()).links.length === MADE || undefined);
    signed = (await chain()).checkpoints;
  });
  afterAll(async () => {
    await instance?.close();
    await office?.[Symbol.asyncDispose]();
  });

  const chain = (pageToken = '') =>
    instance.neighbour.call('listAuditChain', { pageSize: 500, pageToken });

  /** What the check finds after something was done to the file; undone afterwards, with the registry running on. */
  async function found(...statements: string[]): Promise<AuditFindings> {
    const file = office.storeUrl.replace(/^file:/, '');
    // The registry writes, too, now and then.
    const database = new DatabaseSync(file, { timeout: 5_000 });
    const tables = ['audit', 'checkpoints'];
    try {
      for (const table of tables)
        database.exec(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
      for (const statement of statements) database.exec(statement);
      return await check(signed);
    } finally {
      for (const table of tables) {
        database.exec(
          `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept_${table}; DROP TABLE kept_${table}`,
        );
      }
      database.close();
    }
  }

  async function check(since: readonly AuditCheckpoint[] = []): Promise<AuditFindings> {
    const key = await loadSignerKey(office.keysDir, 'registry');
    const audit = new AuditCheck((text, signature) => isSignedBy([key], text, signature));
    const { links, checkpoints } = await chain();
    for (const { entry = null, end = null, ...link } of links) audit.link({ ...link, entry, end });
    for (const checkpoint of [...since, ...checkpoints]) audit.checkpoint(checkpoint);
    return audit.finish();
  }
  const places = ({ faults }: AuditFindings) => faults.map(({ seq, what }) => `${what} ${seq}`);

  it('finds a whole chain, signed to its end, before', async () => {
    expect(await check()).toMatchObject({ links: MADE, signedTo: MADE, faults: [] });
  });

  it('cannot change who did what unseen', async () => {
    const edit = `UPDATE audit SET body = replace(body, '"ines"', '"mallory"') WHERE id = '${place(5)}'`;
    expect(places(await found(edit))).toEqual(['changed 5']);
  });

  it('cannot change the settings that were noted unseen', async () => {
    const edit = `UPDATE audit SET body = replace(body, 'Gate 4', 'Gate 9') WHERE id = '${place(5)}'`;
    expect(places(await found(edit))).toEqual(['changed 5']);
  });

  it('cannot pass off values that were taken out as erased', async () => {
    const edit = `UPDATE audit SET body = json_set(body, '$.salt', '', '$.entry.afterJson', '') WHERE id = '${place(5)}'`;
    expect(places(await found(edit))).toEqual(['erased 5']);
  });

  it('cannot take an entry out unseen', async () => {
    expect(places(await found(`DELETE FROM audit WHERE id = '${place(7)}'`))).toEqual([
      'missing 7',
    ]);
  });

  it('cannot swap two entries unseen', async () => {
    const swap = [
      `UPDATE audit SET id = 'x' WHERE id = '${place(3)}'`,
      `UPDATE audit SET id = '${place(3)}' WHERE id = '${place(4)}'`,
      `UPDATE audit SET id = '${place(4)}' WHERE id = 'x'`,
    ];
    expect(places(await found(...swap))).toEqual(expect.arrayContaining(['missing 3', 'moved 3']));
  });

  it('cannot cut the end off unseen, nor with the signatures in the file, for whoever has an older export', async () => {
    const cut = `DELETE FROM audit WHERE id > '${place(9)}'`;
    expect(places(await found(cut))).toContain('cut-off 10');
    expect(places(await found(cut, 'DELETE FROM checkpoints'))).toContain('cut-off 10');
  });

  it('cannot make the chain anew without the signing key', async () => {
    const { links } = await chain();
    const anew: ReturnType<typeof linkAfter>[] = [];
    for (const { entry } of links) {
      const content = { entry: entry ? { ...entry, by: 'mallory' } : null, end: null };
      anew.push(linkAfter(anew.at(-1) ?? null, content, 'salt'));
    }
    const rows = anew.map((link) => {
      const body = JSON.stringify(link).replaceAll("'", "''");
      return `UPDATE audit SET body = '${body}' WHERE id = '${place(link.seq)}'`;
    });
    expect(places(await found(...rows))).toContain(`rewritten ${MADE}`);
    const head = anew.at(-1);
    const forged = { seq: MADE, hash: head?.hash ?? '', at: 1 };
    const sign = `UPDATE checkpoints SET body = '${JSON.stringify({ ...forged, signature: Buffer.from(checkpointText(forged)).toString('base64url') })}'`;
    expect(places(await found(...rows, sign))).toEqual(
      expect.arrayContaining([`forged-signature ${MADE}`, `rewritten ${MADE}`]),
    );
  });

  it('cannot fork it: two instances at once make one chain', async () => {
    const other = await office.start();
    try {
      await Promise.all(
        Array.from({ length: 20 }, (_, n) => {
          const { neighbour } = n % 2 === 0 ? instance : other;
          const act = {
            by: 'ines',
            action: 'dead-letter.drop',
            subject: `${n}`,
            person: '',
            door: '',
            detail: '',
          };
          return neighbour
            .call('beginAct', act)
            .then(({ id }) => neighbour.call('endAct', { id, by: 'ines', outcome: 'dropped' }));
        }),
      );
      expect(await check()).toMatchObject({ links: MADE + 40, signedTo: MADE + 40, faults: [] });
    } finally {
      await other.close();
    }
  });
});
