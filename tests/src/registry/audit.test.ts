// Real: the broker, the store (SQLite), the registry, gRPC.
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, Office } from './registry.fixture.js';
import { until } from './until.js';

const DOOR = 'gate';

describe('the audit', () => {
  let office: Office;
  let instance: Instance;
  let kioskToken: string;
  beforeAll(async () => {
    office = await Office.open();
    instance = await office.start();
    const { neighbour } = instance;
    const settingsJson = JSON.stringify({ name: 'Gate', audience: 'everyone' });
    const created = { door: DOOR, settingsJson, by: 'alice' };
    kioskToken = (await neighbour.call('createDoor', created)).kioskToken;
    const changed = JSON.stringify({ name: 'Gate', audience: 'guards', codeWaitS: 20 });
    const update = { door: DOOR, settingsJson: changed, version: 1, by: 'bob' };
    await neighbour.call('updateDoor', update);
    await neighbour.enrol('s1', 1);
    for (let n = 0; n < 5; n += 1)
      await neighbour.showCode(`LK1.${'A'.repeat(22)}`, ['s1'], { door: DOOR });
    await neighbour.call('liftLock', { person: 's1', door: DOOR, by: 'alice' });
    await neighbour.call('suspendPerson', { person: 's1', by: 'alice' });
    await until('all of it', async () => {
      const [byAlice, atDoor] = [await actions({ by: 'alice' }), await actions({ door: DOOR })];
      return (byAlice.length === 3 && atDoor.length === 4) || undefined;
    });
  });
  afterAll(async () => {
    await instance.close();
    await office[Symbol.asyncDispose]();
  });

  const actions = async (asked: Parameters<Instance['neighbour']['audit']>[0]) =>
    (await instance.neighbour.audit(asked)).entries.map(({ action }) => action);
  const one = async (action: string) => (await instance.neighbour.audit({ action })).entries[0];

  it('tells of settings what differs, before and after', async () => {
    const { beforeJson = '', afterJson = '', ...entry } = (await one('door.changed')) ?? {};
    expect(entry).toMatchObject({ by: 'bob', door: DOOR, person: '', outcome: 'done' });
    expect(JSON.parse(beforeJson)).toEqual({ audience: 'everyone', codeWaitS: 30 });
    expect(JSON.parse(afterJson)).toEqual({ audience: 'guards', codeWaitS: 20 });
    const unlocked = await one('code.unlocked');
    expect(unlocked).toMatchObject({ by: 'alice', person: 's1', door: DOOR, afterJson: '' });
    expect(unlocked?.beforeJson).toMatch(/^\{"lockedUntil":\d+\}$/);
    expect(await one('person.suspended')).toMatchObject({
      beforeJson: '{"state":"enrolled"}',
      afterJson: '{"state":"suspended"}',
    });
  });

  it('is found by who, what, whom, where and when, the newest first, page by page', async () => {
    expect(await actions({ by: 'alice' })).toEqual([
      'person.suspended',
      'code.unlocked',
      'door.created',
    ]);
    expect(await actions({ door: DOOR })).toEqual([
      'code.unlocked',
      'code.locked',
      'door.changed',
      'door.created',
    ]);
    expect(await actions({ person: 's1', door: DOOR })).toEqual(['code.unlocked', 'code.locked']);
    const lockedAt = (await one('code.locked'))?.at ?? 0;
    expect(await actions({ door: DOOR, until: lockedAt })).toEqual([
      'door.changed',
      'door.created',
    ]);
    const first = await instance.neighbour.audit({ door: DOOR, pageSize: 3 });
    expect(first.entries).toHaveLength(3);
    expect(await actions({ door: DOOR, pageSize: 3, pageToken: first.nextPageToken })).toEqual([
      'door.created',
    ]);
  });

  it('names people by their id only, and no secret', async () => {
    const text = JSON.stringify((await instance.neighbour.audit()).entries);
    expect(text).not.toMatch(/Name of|@campus|LK1\./);
    expect(text).not.toContain(kioskToken);
  });

  it('notes what an operator does without the registry, and how it ended, once', async () => {
    const { neighbour } = instance;
    const act = { by: 'carol', action: 'dead-letter.drop', subject: '12', person: '', door: '' };
    const { id } = await neighbour.call('beginAct', { ...act, detail: 'notify-mail' });
    expect(await one('dead-letter.drop')).toMatchObject({ id, outcome: 'begun', subject: '12' });
    const end = { id, by: 'carol', outcome: 'dropped' };
    await expect(neighbour.call('endAct', { ...end, by: 'mallory' })).rejects.toMatchObject({
      code: 'LK-AUD-001',
    });
    await neighbour.call('endAct', end);
    await neighbour.call('endAct', end);
    await expect(neighbour.call('endAct', { ...end, outcome: 'handled' })).rejects.toMatchObject({
      code: 'LK-AUD-001',
    });
    expect(await one('dead-letter.drop')).toMatchObject({ outcome: 'dropped', by: 'carol' });
    // What the registry does itself nobody else can claim to have done.
    const forged = { ...act, action: 'person.deleted', detail: '' };
    await expect(neighbour.call('beginAct', forged)).rejects.toMatchObject({ code: 'LK-REQ-001' });
    const long = { ...act, detail: 'x'.repeat(201) };
    await expect(neighbour.call('beginAct', long)).rejects.toMatchObject({ code: 'LK-REQ-001' });
  });
});

it('puts what an older version noted into the chain, in its order, once', async () => {
  await using office = await Office.open();
  await (await office.start()).close();
  const database = new DatabaseSync(office.storeUrl.replace(/^file:/, ''));
  for (let at = 1; at <= 3; at += 1) {
    const id = `${String(at).padStart(15, '0')}-old-gate`;
    const facts = { id, at, by: 'ines', action: 'door.changed', subject: 'gate', detail: '' };
    const body = {
      ...facts,
      person: '',
      door: 'gate',
      outcome: 'done',
      beforeJson: '',
      afterJson: '{}',
    };
    database
      .prepare('INSERT INTO audit (id, version, body) VALUES (?, 1, ?)')
      .run(id, JSON.stringify(body));
  }
  database.close();
  for (let time = 0; time < 2; time += 1) {
    const instance = await office.start();
    const { neighbour } = instance;
    const { links } = await neighbour.call('listAuditChain', { pageSize: 0, pageToken: '' });
    expect(links.map(({ seq, entry }) => [seq, entry?.at])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect((await neighbour.audit({ door: 'gate' })).entries.map(({ at }) => at)).toEqual([
      3, 2, 1,
    ]);
    await instance.close();
  }
});
