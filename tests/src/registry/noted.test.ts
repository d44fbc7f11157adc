// Real: the broker, two instances of the registry, gRPC; SQLite, and a server that speaks MongoDB.
import { NOTED_ONCE_IN_MS } from '@latchkey/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, Office } from './registry.fixture.js';
import { useStores } from './stores.fixture.js';
import { until } from './until.js';

const { adapters } = useStores();

describe.each(Object.entries(adapters))('what is noted in a store behind %s', (_, urlOf) => {
  const opened = new AsyncDisposableStack();
  let office: Office;
  let one: Instance;
  let other: Instance;
  beforeAll(async () => {
    office = opened.use(await Office.open(urlOf()));
    [one, other] = [await office.start(), await office.start()];
    for (const instance of [one, other]) opened.defer(() => instance.close());
    const facts = { name: 'Ada', role: 'guard', passwordHash: '$argon2id$x', first: false };
    const made = { ...facts, username: 'ada', invitedAs: '', by: 'test' };
    await one.neighbour.call('createOperator', made);
  });
  afterAll(() => opened.disposeAsync());

  const entries = async (action: string, { neighbour }: Instance = one) =>
    (await neighbour.audit({ action })).entries;

  it('a look that two instances are asked to note at once is one entry', async () => {
    const look = { by: 'ada', action: 'photograph.viewed', subject: 'gate.1', door: 'gate' };
    const asked = [one, other, one, other].map(({ neighbour }) => neighbour.call('noteLook', look));
    await Promise.all(asked);
    const noted = await entries('photograph.viewed');
    const windows = noted.map(({ at }) => Math.floor(at / NOTED_ONCE_IN_MS));
    expect(windows.length).toBeGreaterThan(0);
    expect(new Set(windows).size).toBe(windows.length);
    expect(noted[0]).toMatchObject({ by: 'ada', subject: 'gate.1', door: 'gate', outcome: 'done' });
  });

  it('only what operators look at can be noted as looked at', async () => {
    const look = { by: 'ada', action: 'operator.removed', subject: 'gate.1', door: '' };
    await expect(one.neighbour.call('noteLook', look)).rejects.toMatchObject({
      code: 'LK-REQ-001',
    });
  });

  it('sign-ins that fail at once, before several instances, are all counted, in one entry each ten minutes', async () => {
    const failing = [one, other, one, other, one].map(({ neighbour }) =>
      neighbour.call('noteFailedSignIn', { username: 'ada' }),
    );
    await Promise.all(failing);
    const first = await until('the first', async () => {
      const noted = await entries('operator.sign-in-failed');
      return noted.length > 0 ? noted : undefined;
    });
    expect(first).toMatchObject([{ by: 'gateway', subject: 'ada', detail: '1 try' }]);
    const later = await office.start(NOTED_ONCE_IN_MS + 60_000);
    try {
      // Though nobody tries any more.
      const all = await until('the rest', async () => {
        const noted = await entries('operator.sign-in-failed', later);
        return noted.length > 1 ? noted : undefined;
      });
      expect(all.map(({ detail }) => detail)).toEqual(['4 tries', '1 try']);
    } finally {
      await later.close();
    }
  });

  it('nothing is noted of a name that nobody has, and that is not told', async () => {
    for (const username of ['nobody', 'eve']) {
      expect(await one.neighbour.call('noteFailedSignIn', { username })).toEqual({});
    }
    const { entries: all } = await one.neighbour.audit();
    expect(all.map(({ subject }) => subject)).not.toContain('nobody');
  });
});
