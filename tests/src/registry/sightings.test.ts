// Real: the broker, the store (SQLite), the registry, gRPC, seals. Simulated: the faces, as vectors.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instance, Office } from './registry.fixture.js';

const ON = { LK_VISITOR_LIKENESS: 'on', LK_VISITOR_LIKENESS_DAYS: '3' };
const DAY_MS = 24 * 60 * 60 * 1_000;

describe('strangers who are seen', () => {
  let office: Office;
  let instance: Instance;
  beforeEach(async () => {
    office = await Office.open();
    instance = await office.start(0, ON);
  });
  afterEach(async () => {
    await instance.close();
    await office[Symbol.asyncDispose]();
  });

  /** How often each was seen, by the visitors that are told of. */
  async function seen(...visitors: string[]): Promise<Record<string, string>> {
    const reply = await instance.neighbour.call('listSightings', { visitors });
    return Object.fromEntries(
      reply.visitors.map(({ visitor, times, doors }) => [visitor, `${times} at ${doors}`]),
    );
  }

  it('are put together by their faces, and told twice they count once', async () => {
    const { neighbour } = instance;
    expect(await neighbour.sight('a', 1)).toBe(true);
    await Promise.all([
      neighbour.sight('b', 1, { turn: 1, door: 'yard' }),
      neighbour.sight('c', 1, { turn: 2 }),
      neighbour.sight('d', 2),
    ]);
    await neighbour.sight('b', 1, { turn: 1, door: 'yard' });
    expect(await seen('a', 'b', 'c', 'd', 'nobody')).toEqual({
      a: '3 at 2',
      b: '3 at 2',
      c: '3 at 2',
      d: '1 at 1',
    });
    const { visitors } = await neighbour.call('listSightings', { visitors: ['a'] });
    expect(visitors[0]?.sightings.map(({ visitor }) => visitor).toSorted()).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('are not kept for longer than the site says', async () => {
    const { neighbour } = instance;
    expect(await neighbour.sight('old', 1, { at: Date.now() - 3 * DAY_MS - 1 })).toBe(false);
    await neighbour.sight('yesterday', 1, { at: Date.now() - 2 * DAY_MS });
    await neighbour.sight('today', 1, { turn: 1 });
    expect(await seen('yesterday', 'today')).toEqual({ yesterday: '2 at 1', today: '2 at 1' });
    await instance.close();
    instance = await office.start(1.5 * DAY_MS, ON);
    expect(await seen('yesterday', 'today')).toEqual({ today: '1 at 1' });
    await instance.close();
    // Whoever looks again at the time before finds what was taken away, and nothing else.
    instance = await office.start(0, ON);
    expect(await seen('yesterday', 'today')).toEqual({ today: '1 at 1' });
  });

  it('are all forgotten where the site switches it off, and none is kept from then on', async () => {
    await instance.neighbour.sight('a', 1);
    await instance.close();
    instance = await office.start();
    expect(await instance.neighbour.call('listSightings', { visitors: ['a'] })).toEqual({
      kept: false,
      days: 0,
      visitors: [],
    });
    expect(await instance.neighbour.sight('b', 1)).toBe(false);
    await instance.close();
    instance = await office.start(0, ON);
    expect(await seen('a', 'b')).toEqual({});
  });

  it('are strangers no more once they are registered, and forgotten with the person', async () => {
    const { neighbour } = instance;
    for (const [n, id] of ['a', 'b'].entries()) await neighbour.sight(id, 1, { turn: n });
    await neighbour.sight('other', 2);
    await neighbour.enrol('s1', 1);
    expect(await seen('a', 'b', 'other')).toEqual({ other: '1 at 1' });
    // Not recognised once, as it happens.
    await neighbour.sight('c', 1, { turn: 3 });
    await neighbour.call('deletePerson', { person: 's1', by: 'op' });
    expect(await seen('c', 'other')).toEqual({ other: '1 at 1' });
    await neighbour.call('deleteAllPeople', { by: 'op' });
    expect(await seen('other')).toEqual({});
  });
});
