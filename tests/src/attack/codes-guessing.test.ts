import { randomBytes } from 'node:crypto';
import type { UseCodeReply } from '@latchkey/contracts/grpc';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBothStores } from '../registry/both-stores.fixture.js';
import type { Neighbour } from '../registry/neighbour.js';
import { type Instance, Office } from '../registry/registry.fixture.js';

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 8_000;

// Real here: the broker, the registry on both stores, gRPC. Simulated: the face, which has been taken for the victim's.
describe.each(useBothStores())('guessing codes as somebody, on %s', (_, urlOf) => {
  let office: Office;
  let instance: Instance;
  let registry: Neighbour;
  beforeAll(async () => {
    office = await Office.open(urlOf());
    instance = await office.start();
    registry = instance.neighbour;
  });
  afterAll(async () => {
    await instance.close();
    await office[Symbol.asyncDispose]();
  });

  const guess = (victim: string, door: string, waitsSince = 0): Promise<UseCodeReply> =>
    registry.showCode(`LK1.${randomBytes(16).toString('base64url')}`, [victim], {
      door,
      waitsSince,
    });

  async function lockOut(victim: string, door: string): Promise<UseCodeReply> {
    for (let n = 0; n < 4; n += 1) await guess(victim, door);
    return guess(victim, door);
  }

  it('at one door shuts that door for longer each time: 5, 15, 60 and 60 minutes', async () => {
    const victim = 'asha';
    await registry.enrol(victim, 1);
    const lasted: number[] = [];
    for (let time = 0; time < 4; time += 1) {
      const { lockedUntil } = await lockOut(victim, 'gate');
      lasted.push(Math.round((lockedUntil - Date.now()) / MINUTE_MS));
      expect((await guess(victim, 'gate')).outcome).toBe('locked');
      // An operator who is talked into lifting it does not make the next one short again.
      await registry.call('liftLock', { person: victim, door: 'gate', by: 'op' });
    }
    expect(lasted).toEqual([5, 15, 60, 60]);
  });

  it('at ten doors makes each further guess wait for 8 s, from when it may be looked at', async () => {
    const victim = 'ben';
    await registry.enrol(victim, 2);
    for (let n = 0; n < 10; n += 1) await guess(victim, `door-${n}`);
    const namedAt = Date.now();
    const { outcome, notBefore } = await guess(victim, 'door-11', namedAt);
    expect([outcome, notBefore - namedAt]).toEqual(['wait', LONGEST_WAIT_MS]);
  });

  it('at ten doors locks the victim out at no other: their code waits for at most 8 s, then opens', async () => {
    const victim = 'chloe';
    await registry.enrol(victim, 3);
    for (let n = 0; n < 10; n += 1) await lockOut(victim, `door-${n}`);
    const code = await office.post.newestCode(victim, 1);
    const namedAt = Date.now() - LONGEST_WAIT_MS;
    // The guessing goes on elsewhere while the victim waits: that must not make the wait longer.
    await guess(victim, 'door-12');
    const opened = await registry.showCode(code, [victim], { door: 'home', waitsSince: namedAt });
    expect(opened).toMatchObject({ outcome: 'granted', person: victim });
  });

  it('tells nothing by the wait: a right code waits as long as a wrong one', async () => {
    const victim = 'dana';
    await registry.enrol(victim, 4);
    for (let n = 0; n < 3; n += 1) await guess(victim, `door-${n}`);
    const code = await office.post.newestCode(victim, 1);
    const waitsSince = Date.now();
    const right = await registry.showCode(code, [victim], { door: 'home', waitsSince });
    expect(right.outcome).toBe('wait');
    expect(right).toEqual(await guess(victim, 'home', waitsSince));
  });

  it('of somebody whom the face is not clearly taken for locks nobody', async () => {
    await registry.enrol('eli', 5);
    await registry.enrol('fay', 6);
    for (let n = 0; n < 9; n += 1) await registry.showCode('LK1.guess', ['eli', 'fay']);
    const locksOf = async (person: string) =>
      (await registry.call('getPerson', { person, by: '' })).locks;
    expect([...(await locksOf('eli')), ...(await locksOf('fay'))]).toEqual([]);
  });
});
