// Real: the broker, both stores (mongo-java-server where no other MongoDB is given), two instances, gRPC.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBothStores } from './both-stores.fixture.js';
import type { Neighbour } from './neighbour.js';
import { type Instance, Office } from './registry.fixture.js';
import { until } from './until.js';

const passwordHash = '$argon2id$v=19$m=19456,p=1,t=2$c2FsdA$aGFzaA';
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

describe.each(useBothStores())('operators in two registries on %s', (_, urlOf) => {
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

  function create(index: number, username: string, role: string, first = false) {
    const facts = { username, name: `Name of ${username}`, role, passwordHash, first, by: 'test' };
    return at(index).call('createOperator', facts);
  }

  const names = async () =>
    (await at(0).call('listOperators', {})).operators.map(({ username }) => username);

  /** What two calls at the same moment come to: `ok`, or the code of the refusal. */
  async function outcomes(calls: readonly Promise<unknown>[]): Promise<string[]> {
    const results = await Promise.allSettled(calls);
    return results.map((result) =>
      result.status === 'fulfilled' ? 'ok' : (result.reason as { code: string }).code,
    );
  }

  it('are begun by one first administrator, however many ask at once', async () => {
    const all = await outcomes(
      Array.from({ length: 8 }, (__, n) => create(n, `first-${n}`, 'administrator', true)),
    );
    expect(all.filter((outcome) => outcome === 'ok')).toHaveLength(1);
    expect(new Set(all)).toEqual(new Set(['ok', 'LK-AUTH-012']));
    expect(await names()).toHaveLength(1);
    expect(await outcomes([create(0, 'late', 'administrator', true)])).toEqual(['LK-AUTH-012']);
  });

  it('have each a name of their own, whatever its case, and none of a program', async () => {
    await create(0, 'asha', 'enroller');
    expect(await outcomes([create(1, 'Asha', 'guard')])).toEqual(['LK-OPR-002']);
    expect(await outcomes([create(1, 'token', 'guard'), create(1, 'a b', 'guard')])).toEqual([
      'LK-OPR-001',
      'LK-OPR-001',
    ]);
  });

  it('always keep an administrator who may sign in, though two take each other away, 20 times', async () => {
    for (let n = 0; n < 20; n += 1) {
      const [last = ''] = await administrators();
      const other = `other-${n}`;
      const { version } = await create(0, other, 'administrator');
      const demotion = { username: other, name: 'x', role: 'guard', disabled: false, version };
      const results = await outcomes([
        at(0).call('removeOperator', { username: last, by: other }),
        n % 2 === 0
          ? at(1).call('removeOperator', { username: other, by: last })
          : at(1).call('updateOperator', { ...demotion, by: last }),
      ]);
      const left = await administrators();
      expect([results, left.length >= 1]).toEqual([expect.anything(), true]);
      // Where both stayed, the second is taken away in peace.
      if (left.includes(last) && left.includes(other)) {
        await at(0).call('removeOperator', { username: other, by: last });
      }
    }
    const [last = ''] = await administrators();
    expect(await outcomes([at(0).call('removeOperator', { username: last, by: last })])).toEqual([
      'LK-OPR-004',
    ]);
    const { version } = await at(0).call('getOperator', { username: last, by: last });
    const facts = { username: last, name: 'Last', version, by: last };
    expect(
      await outcomes([
        at(0).call('updateOperator', { ...facts, role: 'guard', disabled: false }),
        at(0).call('updateOperator', { ...facts, role: 'administrator', disabled: true }),
      ]),
    ).toEqual(['LK-OPR-004', 'LK-OPR-004']);
    // What was refused changed nothing.
    const changed = { ...facts, role: 'administrator', disabled: false };
    expect(await at(1).call('updateOperator', changed)).toMatchObject({ name: 'Last' });
  });

  async function administrators(): Promise<string[]> {
    const { operators } = await at(0).call('listOperators', {});
    return operators
      .filter(({ role, disabled }) => role === 'administrator' && !disabled)
      .map(({ username }) => username);
  }

  it('sign in with a step of the second factor once, though it is tried twice at the same moment', async () => {
    const { stamp: before } = await create(0, 'totp-one', 'guard');
    const who = { username: 'totp-one', by: 'totp-one' };
    await at(0).call('beginTotp', { ...who, secret });
    expect(await at(1).call('getOperatorSecrets', who)).toMatchObject({
      totpSecret: '',
      pendingTotpSecret: secret,
    });
    const other = secret.replace('J', 'K');
    expect(
      await outcomes([at(0).call('confirmTotp', { ...who, secret: other, step: 50 })]),
    ).toEqual(['LK-OPR-006']);
    const { stamp, totp } = await at(0).call('confirmTotp', { ...who, secret, step: 50 });
    expect(totp).toBe(true);
    expect(stamp).not.toBe(before);
    const signIn = (index: number, totpStep: number) =>
      at(index).call('recordSignIn', { username: 'totp-one', stamp, totpStep });
    expect(await outcomes([signIn(0, 50), signIn(0, 49), signIn(0, 0)])).toEqual([
      'LK-AUTH-011',
      'LK-AUTH-011',
      'LK-AUTH-011',
    ]);
    expect((await outcomes([signIn(0, 51), signIn(1, 51)])).toSorted()).toEqual([
      'LK-AUTH-011',
      'ok',
    ]);
  });

  it('are not signed in any more with what was read before a change of role or password', async () => {
    const { stamp, version } = await create(0, 'changing', 'guard');
    const who = { username: 'changing', by: 'test' };
    const renamed = { ...who, name: 'Other', role: 'guard', disabled: false, version };
    // Another name alone ends nothing.
    expect(await at(0).call('updateOperator', renamed)).toMatchObject({ stamp });
    const enrolling = { ...renamed, role: 'enroller', version: version + 1 };
    const changed = await at(0).call('updateOperator', enrolling);
    const signIn = (given: string) =>
      at(1).call('recordSignIn', { username: 'changing', stamp: given, totpStep: 0 });
    expect(await outcomes([signIn(stamp)])).toEqual(['LK-AUTH-010']);
    await at(0).call('setOperatorPassword', { ...who, passwordHash, removeTotp: false });
    expect(await outcomes([signIn(changed.stamp)])).toEqual(['LK-AUTH-010']);
  });

  it('of two changes to the same one, one wins and the other is told', async () => {
    const { version } = await create(0, 'contended', 'guard');
    const change = (index: number, name: string) =>
      at(index).call('updateOperator', {
        username: 'contended',
        name,
        role: 'guard',
        disabled: false,
        version,
        by: 'test',
      });
    expect((await outcomes([change(0, 'One'), change(1, 'Two')])).toSorted()).toEqual([
      'LK-STO-002',
      'ok',
    ]);
  });

  it('leave in the audit what was and what is, and nothing that opens anything', async () => {
    const { version } = await create(0, 'audited', 'guard');
    const who = { username: 'audited', by: 'the-boss' };
    const change = { ...who, name: 'Name of audited', role: 'auditor', disabled: true, version };
    await at(0).call('updateOperator', change);
    await at(0).call('beginTotp', { ...who, secret });
    await at(0).call('confirmTotp', { ...who, secret, step: 1 });
    await at(0).call('removeOperator', who);
    const entries = await until('four entries', async () => {
      const asked = { since: 0, until: 0, by: 'the-boss', action: '', person: '', door: '' };
      const page = await at(1).call('listAudit', { ...asked, pageSize: 100, pageToken: '' });
      return page.entries.length >= 4 ? page.entries : undefined;
    });
    expect(entries.map(({ action, subject }) => [action, subject]).toReversed()).toEqual([
      ['operator.changed', 'audited'],
      ['operator.totp-begun', 'audited'],
      ['operator.totp-added', 'audited'],
      ['operator.removed', 'audited'],
    ]);
    const [removed, added, , changed] = entries.map(({ beforeJson, afterJson }) => [
      beforeJson && (JSON.parse(beforeJson) as object),
      afterJson && (JSON.parse(afterJson) as object),
    ]);
    expect(changed).toEqual([
      { role: 'guard', disabled: false },
      { role: 'auditor', disabled: true },
    ]);
    expect(added).toEqual([{ totp: false }, { totp: true }]);
    expect(removed?.[0]).toMatchObject({ role: 'auditor', totp: true });
    expect(JSON.stringify(entries)).not.toMatch(/argon2|JBSWY/);
  });

  it('may be made again under a name that was removed, with nothing of what was signed in before', async () => {
    const before = await create(0, 'comes-back', 'guard');
    await at(0).call('removeOperator', { username: 'comes-back', by: 'test' });
    expect(
      await outcomes([at(1).call('getOperator', { username: 'comes-back', by: 'x' })]),
    ).toEqual(['LK-OPR-003']);
    const after = await create(1, 'comes-back', 'guard');
    expect(after.stamp).not.toBe(before.stamp);
  });
});
