// Real: the broker, both stores (mongo-java-server where no other MongoDB is given), two instances, gRPC.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBothStores } from './both-stores.fixture.js';
import type { Neighbour } from './neighbour.js';
import { type Instance, Office } from './registry.fixture.js';

const passwordHash = '$argon2id$v=19$m=19456,p=1,t=2$c2FsdA$aGFzaA';

describe.each(useBothStores())('passkeys in two registries on %s', (_, urlOf) => {
  let office: Office;
  let instances: [Instance, Instance];
  const at = (index: number): Neighbour => instances[index % 2]?.neighbour as Neighbour;

  beforeAll(async () => {
    office = await Office.open(urlOf());
    instances = [await office.start(), await office.start()];
  });
  afterAll(async () => {
    await Promise.all(instances.map((instance) => instance.close()));
    await office[Symbol.asyncDispose]();
  });

  const create = (username: string) => {
    const facts = { username, name: 'x', role: 'guard', passwordHash, first: false, by: 'test' };
    return at(0).call('createOperator', facts);
  };
  const add = (index: number, username: string, stamp: string, credential: string) => {
    const key = { credential, handle: 'aGFuZGxl', publicKey: 'a2V5', counter: 0, transports: [] };
    return at(index).call('addPasskey', { username, stamp, name: 'x', ...key, by: username });
  };
  const outcomes = async (calls: readonly Promise<unknown>[]) =>
    (await Promise.allSettled(calls)).map((result) =>
      result.status === 'fulfilled' ? 'ok' : (result.reason as { code: string }).code,
    );

  it('belong to one operator, though two add the same one at the same moment, 10 times', async () => {
    // Who has none hinders nobody else who has none.
    const [one, other] = [await create('one'), await create('other')];
    for (let n = 0; n < 10; n += 1) {
      const credential = `credential-${n}`;
      const both = await outcomes([
        add(0, 'one', one.stamp, credential),
        add(1, 'other', other.stamp, credential),
      ]);
      expect(both.toSorted()).toEqual(['LK-PKY-004', 'ok']);
      const { operator } = await at(0).call('findPasskey', { credential, by: 'test' });
      expect(operator?.username).toBe(both[0] === 'ok' ? 'one' : 'other');
    }
    const unknown = at(0).call('findPasskey', { credential: 'none', by: 'test' });
    expect(await outcomes([unknown])).toEqual(['LK-PKY-003']);
  });

  it('sign in once with a counter, though it is tried twice at the same moment', async () => {
    const { stamp } = await create('counted');
    const { passkeys } = await add(0, 'counted', stamp, 'counting');
    expect(passkeys).toBe(1);
    const enter = (index: number, counter: number) =>
      at(index).call('recordPasskeySignIn', {
        username: 'counted',
        stamp,
        credential: 'counting',
        counter,
      });
    const both = await Promise.all([enter(0, 5), enter(1, 5)]);
    expect(both.filter(({ copied }) => copied)).toHaveLength(1);
    expect(await outcomes([enter(0, 6)])).toEqual(['LK-PKY-001']);
    const { operator } = await at(1).call('findPasskey', { credential: 'counting', by: 'test' });
    expect(operator?.stamp).not.toBe(stamp);
  });

  it('are ten at most, and go one by one or all at once, each time with another stamp', async () => {
    const { stamp } = await create('many');
    for (let n = 0; n < 10; n += 1) await add(n, 'many', stamp, `many-${n}`);
    expect(await outcomes([add(0, 'many', stamp, 'one-more')])).toEqual(['LK-PKY-004']);
    const who = { username: 'many', by: 'test' };
    const [first] = (await at(0).call('listPasskeys', who)).passkeys;
    const less = await at(0).call('removePasskey', { ...who, id: first?.id ?? '' });
    expect(less.passkeys).toBe(9);
    expect(less.stamp).not.toBe(stamp);
    const none = await at(1).call('removePasskeys', who);
    expect(none.passkeys).toBe(0);
    expect(none.stamp).not.toBe(less.stamp);
    expect(await outcomes([at(0).call('removePasskeys', who)])).toEqual(['LK-PKY-003']);
    // A stamp of before adds nothing any more.
    expect(await outcomes([add(0, 'many', stamp, 'late')])).toEqual(['LK-PKY-002']);
  });
});
