import { randomUUID } from 'node:crypto';
import { type CloudEvent, doorLockTested, doorOpen, lockTest } from '@latchkey/contracts';
import { loadSignerKey, openingFault, publishEvent, subscribeEvents } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, Office } from './registry.fixture.js';
import { until } from './until.js';

// Real: the broker, the store (SQLite), gRPC. The test plays a lock's relay: it hears what the broker republishes.
describe('a lock that is tested', () => {
  let office: Office;
  let instance: Instance;
  const heard: CloudEvent[] = [];
  beforeAll(async () => {
    office = await Office.open();
    instance = await office.start();
    subscribeEvents(office.bus, doorOpen, {}, (event) => void heard.push(event));
    await office.bus.nc.flush();
    await operator('ines', 'administrator');
    await operator('gail', 'guard');
    await operator('olga', 'administrator');
  });
  afterAll(async () => {
    await instance.close();
    await office[Symbol.asyncDispose]();
  });

  async function operator(username: string, role: string) {
    const passwordHash = '$argon2id$v=19$m=1,t=1,p=1$c2FsdHNhbHQ$aGFzaA';
    const facts = { username, name: username, role, passwordHash, by: 'op', first: false };
    await instance.neighbour.call('createOperator', facts);
  }

  async function openDoor(door: string) {
    const settingsJson = JSON.stringify({ name: `Door ${door}` });
    await instance.neighbour.call('createDoor', { door, settingsJson, by: 'op' });
  }

  const test = (door: string, facts: { by?: string; name?: string } = {}) => {
    const { by = 'ines', name = `Door ${door}` } = facts;
    return instance.neighbour.call('testLock', { door, name, reason: 'a new strike', by });
  };
  const opens = (door: string) =>
    heard.filter(({ data }) => doorOpen.data.parse(data).door === door);

  it('opens exactly once: its relay hears the stored order, and who gave it', async () => {
    await openDoor('north');
    const { sent, expiresAt } = await test('north');
    expect(sent).toBe(true);
    await until('the relay hears it', () => Promise.resolve(opens('north')[0]));
    // All that the registry owes has been told again by now, as after a crash: it is stored once.
    const [order] = opens('north');
    const { id, data } = order as CloudEvent<{ operator: string }>;
    const again = { id, correlationId: id, data: lockTest.data.parse(data) };
    await publishEvent(office.bus, lockTest, { door: 'north' }, again);
    await office.bus.nc.flush();
    expect(opens('north')).toHaveLength(1);
    expect(order?.type).toBe(lockTest.type);
    expect(data).toMatchObject({ door: 'north', operator: 'ines', expiresAt });
    const publicKeys = [await loadSignerKey(office.keysDir, 'registry')];
    const nowMs = expiresAt - 1;
    const facts = { door: 'north', publicKeys, nowMs, done: new Set<string>() };
    expect(openingFault(order as CloudEvent, facts)).toBeNull();
  });

  it('is told of for guards, and noted with its reason', async () => {
    const told = await office.post.event('REGISTRY', doorLockTested.template, 'north');
    expect(told.data).toMatchObject({ door: 'north', operator: 'ines' });
    const { entries } = await instance.neighbour.call('listAudit', {
      since: 0,
      until: 0,
      pageSize: 10,
      pageToken: '',
      by: 'ines',
      action: 'door.lock-tested',
      person: '',
      door: 'north',
    });
    expect(entries).toMatchObject([{ by: 'ines', door: 'north', detail: 'a new strike' }]);
  });

  it('is one that is told too late: the relay can tell, by the broker’s clock', async () => {
    await openDoor('late');
    const at = office.bus.nowMs() - 60_000;
    const data = { door: 'late', at, operator: 'ines', expiresAt: at + 5_000 };
    const id = randomUUID();
    await publishEvent(office.bus, lockTest, { door: 'late' }, { id, correlationId: id, data });
    const order = await until('the relay hears it', () => Promise.resolve(opens('late')[0]));
    expect(doorOpen.data.parse(order.data).expiresAt).toBeLessThan(office.bus.nowMs());
  });

  it('is not tested again within ten seconds, nor of two at once', async () => {
    await openDoor('south');
    const both = await Promise.allSettled([test('south'), test('south', { by: 'olga' })]);
    const refused = both.filter((one) => one.status === 'rejected');
    expect(refused.map(({ reason }) => reason as unknown)).toMatchObject([{ code: 'LK-DOR-005' }]);
    await expect(test('south')).rejects.toMatchObject({ code: 'LK-DOR-005' });
    expect(opens('south').length).toBeLessThan(2);
    const later = await office.start(11_000);
    const asked = { door: 'south', name: 'Door south', reason: 'again', by: 'ines' };
    expect(await later.neighbour.call('testLock', asked)).toMatchObject({ sent: true });
    await later.close();
  });

  it.each([
    ['a guard', { by: 'gail' }, 'LK-DOR-006'],
    ['a program', { by: 'token' }, 'LK-DOR-006'],
    ['nobody who is known', { by: 'mallory' }, 'LK-DOR-006'],
    ['one who typed another name', { name: 'Door south' }, 'LK-DOR-007'],
  ])('is not tested by %s', async (_who, facts, code) => {
    await expect(test('north', facts)).rejects.toMatchObject({ code });
  });

  it('is not tested by an administrator who was disabled meanwhile', async () => {
    const { version } = await instance.neighbour.call('getOperator', { username: 'olga', by: '' });
    const change = { username: 'olga', name: 'olga', role: 'administrator', disabled: true };
    await instance.neighbour.call('updateOperator', { ...change, version, by: 'ines' });
    await expect(test('north', { by: 'olga' })).rejects.toMatchObject({ code: 'LK-DOR-006' });
  });

  it('must be there', async () => {
    await expect(test('nowhere')).rejects.toMatchObject({ code: 'LK-DOR-003' });
  });
});
