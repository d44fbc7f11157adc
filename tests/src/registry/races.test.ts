import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MongoServer, startMongoServer } from './mongo-server.js';
import { type Instance, Office } from './registry.fixture.js';

let mongo: MongoServer;
beforeAll(async () => {
  mongo = await startMongoServer();
}, 300_000);
afterAll(async () => mongo[Symbol.asyncDispose]());

const stores: Record<string, () => string | undefined> = {
  'file:': () => undefined,
  'mongodb:': () => mongo.databaseUrl(),
};

// Real: the broker, both stores (mongo-java-server where no other MongoDB is given), two instances, gRPC.
describe.each(Object.entries(stores))('two instances of the registry on %s', (_, urlOf) => {
  let office: Office;
  let instances: [Instance, Instance];
  beforeAll(async () => {
    office = await Office.open(urlOf());
    instances = [await office.start(), await office.start()];
    await instances[0].neighbour.enrol('s1', 1);
  });
  afterAll(async () => {
    await Promise.all(instances.map((instance) => instance.close()));
    await office[Symbol.asyncDispose]();
  });

  it('open once for the same code at two doors at the same moment, 50 times', async () => {
    const [{ neighbour: one }, { neighbour: two }] = instances;
    for (let n = 1; n <= 50; n += 1) {
      const code = await office.post.newestCode('s1', n);
      // Doors of their own each time, so that no wrong showing locks one.
      const replies = await Promise.all([
        one.showCode(code, ['s1'], { door: `north-${n}` }),
        two.showCode(code, ['s1'], { door: `south-${n}` }),
      ]);
      expect(new Set(replies.map(({ outcome }) => outcome))).toEqual(new Set(['granted', 'wrong']));
    }
    // Each use issued one code, and each was sent once.
    await office.post.newestCode('s1', 51);
    expect(new Set(await office.post.codesOf('s1')).size).toBe(51);
    expect(await office.post.codesOf('s1')).toHaveLength(51);
  }, 120_000);

  it('count each of five wrong showings at the same moment, and lock', async () => {
    const replies = await Promise.all(
      ['A', 'B', 'C', 'D', 'E'].map(async (letter, n) => {
        const { neighbour } = n % 2 ? instances[0] : instances[1];
        return neighbour.showCode(`LK1.${letter.repeat(22)}`, ['s1'], { door: 'gate' });
      }),
    );
    const counts = replies.map(({ wrongCount }) => wrongCount).toSorted((a, b) => a - b);
    expect(counts).toEqual([1, 2, 3, 4, 5]);
    expect(replies.filter(({ lockedUntil }) => lockedUntil > 0)).toHaveLength(1);
  });

  it('register one of two who ask for the same id, or the same address, at the same moment', async () => {
    for (let n = 0; n < 10; n += 1) {
      for (const asked of [
        (i: number) => ({ person: `id-${n}`, email: `id${n}-${i}@campus.example` }),
        (i: number) => ({ person: `mail-${n}-${i}`, email: `same${n}@campus.example` }),
      ]) {
        const results = await Promise.allSettled(
          instances.map(({ neighbour }, i) => {
            const { person, email } = asked(i);
            return neighbour.createDraft(person, { email });
          }),
        );
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      }
    }
  });
});
