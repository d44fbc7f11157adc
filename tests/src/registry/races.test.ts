import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBothStores } from './both-stores.fixture.js';
import { type Neighbour, templateOf } from './neighbour.js';
import { type Instance, Office } from './registry.fixture.js';

// Real: the broker, both stores (mongo-java-server where no other MongoDB is given), two instances, gRPC.
describe.each(useBothStores())('two instances of the registry on %s', (_, urlOf) => {
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

  it('open once for the same code at two doors at the same moment, 200 times', async () => {
    const [{ neighbour: one }, { neighbour: two }] = instances;
    const nextCode = office.post.codesFor('s1');
    for (let n = 1; n <= 200; n += 1) {
      const code = await nextCode();
      // Doors of their own each time, so that no wrong showing locks one.
      const replies = await Promise.all([
        one.showCode(code, ['s1'], { door: `north-${n}` }),
        two.showCode(code, ['s1'], { door: `south-${n}` }),
      ]);
      expect(replies.map(({ outcome }) => outcome).toSorted()).toEqual(['granted', 'wrong']);
    }
    // Each use issued one code, and each was sent once.
    await nextCode();
    expect(new Set(await office.post.codesOf('s1')).size).toBe(201);
    expect(await office.post.codesOf('s1')).toHaveLength(201);
  });

  it('enrol a face under one of two ids that are completed at the same moment, 20 times', async () => {
    for (let n = 0; n < 20; n += 1) {
      const ids = [`twin-${n}-a`, `twin-${n}-b`];
      await Promise.all(ids.map((id, i) => sampled(at(i), id, 100 + n)));
      const results = await Promise.allSettled(
        ids.map((person, i) => at(i).call('commitDraft', { person, by: 'test' })),
      );
      expect(await statesOf(ids)).toEqual(['draft', 'enrolled']);
      const refusals = results.flatMap((result) =>
        result.status === 'rejected' ? [(result.reason as { code: string }).code] : [],
      );
      expect(refusals).toEqual(['LK-PER-011']);
    }
  });

  it('enrol a face once though one instance is asked for two ids, and one id twice', async () => {
    const { neighbour } = instances[0];
    const ids = ['same-a', 'same-b'];
    for (const id of ids) await sampled(neighbour, id, 150);
    await Promise.allSettled(
      [...ids, ...ids].map((person) => neighbour.call('commitDraft', { person, by: 'test' })),
    );
    expect(await statesOf(ids)).toEqual(['draft', 'enrolled']);
  });

  it('enrol people with faces of their own at the same moment, all of them', async () => {
    const ids = Array.from({ length: 8 }, (_, n) => `own-${n}`);
    await Promise.all(ids.map((id, n) => sampled(at(n), id, 200 + n)));
    await Promise.all(ids.map((person, n) => at(n).call('commitDraft', { person, by: 'test' })));
    expect(await statesOf(ids)).toEqual(ids.map(() => 'enrolled'));
  });

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

  it('register one of two who ask for the same id, but for its case too, or the same address, at the same moment', async () => {
    for (let n = 0; n < 10; n += 1) {
      for (const asked of [
        (i: number) => ({ person: `id-${n}`, email: `id${n}-${i}@campus.example` }),
        (i: number) => ({
          person: ['case', 'CASE'][i] + `-${n}`,
          email: `case${n}-${i}@campus.example`,
        }),
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

  const at = (n: number): Neighbour => (n % 2 ? instances[1] : instances[0]).neighbour;

  /** Someone whose face is the axis `who`, with all samples but not enrolled yet. */
  async function sampled(neighbour: Neighbour, id: string, who: number): Promise<void> {
    await neighbour.createDraft(id);
    for (let turn = 0; turn < 5; turn += 1) await neighbour.addSample(id, templateOf(who, turn));
  }

  async function statesOf(ids: readonly string[]): Promise<string[]> {
    const people = await Promise.all(
      ids.map((id) => at(0).call('getPerson', { person: id, by: '' })),
    );
    return people.map(({ state }) => state).toSorted();
  }
});
