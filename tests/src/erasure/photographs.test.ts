// Real: the broker (killed and restarted), the store (SQLite), the registry, gRPC. Simulated: the denials and their photographs.
import { randomUUID } from 'node:crypto';
import { accessDenied, objectStores } from '@latchkey/contracts';
import { type Objects, openObjects, publishEvent } from '@latchkey/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instance, Office } from '../registry/registry.fixture.js';
import { until } from '../registry/until.js';

describe('the photographs of denials', () => {
  let office: Office;
  let instance: Instance;
  let evidence: Objects;
  beforeEach(async () => {
    office = await Office.open();
    instance = await office.start();
    evidence = await openObjects(office.bus, objectStores.evidence);
    for (const [n, id] of ['s1', 's2'].entries()) await instance.neighbour.enrol(id, n);
  });
  afterEach(async () => {
    await instance.close();
    await office[Symbol.asyncDispose]();
  });

  it('that name a person go with the person; those of others and of nobody stay', async () => {
    const mine = [await denied('s1'), await denied('s1')];
    const others = [await denied('s2'), await denied(null)];
    await forget('s1');
    expect(await gone(mine)).toBe(true);
    expect(await kept(others)).toEqual(others);
  });

  it('go when the broker is back, though the process that owed it ended', async () => {
    const mine = await denied('s1');
    await office.broker.kill('SIGKILL');
    await forget('s1');
    await instance.close();
    await office.broker.restart();
    expect(await until('the store', async () => await kept([mine]))).toEqual([mine]);
    instance = await office.start();
    expect(await gone([mine])).toBe(true);
  });

  it('go though the id is given to someone else before the broker is back', async () => {
    const old = await denied('s1');
    await office.broker.kill('SIGKILL');
    await forget('s1');
    await instance.neighbour.enrol('s1', 7);
    await office.broker.restart();
    expect(await gone([old])).toBe(true);
    const fresh = await denied('s1');
    await forget('s2');
    expect(await kept([fresh])).toEqual([fresh]);
  });

  it('go where the attempt ended only after the person was forgotten', async () => {
    await forget('s1');
    const late = await denied('s1');
    await instance.close();
    instance = await office.start();
    expect(await gone([late])).toBe(true);
  });

  function forget(person: string) {
    return instance.neighbour.call('deletePerson', { person, by: 'op' });
  }

  /** A denial with its photograph, as the saga leaves them. */
  async function denied(person: string | null): Promise<string> {
    const [attempt, door] = [randomUUID(), 'library-north'];
    const key = `${door}.${attempt}`;
    await evidence.put(key, Buffer.from(`sealed photograph ${key}`));
    const data = {
      attempt,
      door,
      camera: 'main',
      at: office.bus.nowMs(),
      reason: 'wrong-code' as const,
      person,
      evidence: key,
      lockedUntil: null,
    };
    const facts = { id: `${attempt}:outcome`, correlationId: attempt, data };
    await publishEvent(office.bus, accessDenied, { door }, facts);
    return key;
  }

  function gone(keys: readonly string[]): Promise<boolean> {
    const isGone = async () => ((await kept(keys)).length === 0 ? true : undefined);
    return until('an end of the photographs', isGone);
  }

  async function kept(keys: readonly string[]): Promise<string[]> {
    const there = new Set(await evidence.keys());
    return keys.filter((key) => there.has(key));
  }
});
