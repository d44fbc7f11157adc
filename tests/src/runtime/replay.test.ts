import { deadHeaders, replayDeadLetter } from '@latchkey/contracts';
import { dropLetter, Failure, type MessageContext, request } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lettersOf } from './handler-process.fixture.js';
import {
  observe,
  openBroker,
  probeConsumer,
  startProbe,
  type TestBroker,
  until,
} from './probe.fixture.js';

// Real here: nats-server, Nest, the whole of runtime.

let broker: TestBroker;
beforeAll(async () => {
  broker = await openBroker();
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
});

/** A service that refuses all until it is mended, and another that reads the same stream. */
async function startBroken(name: string) {
  const filters = [`lk.v1.observation.face.${name}`];
  const heard: MessageContext[] = [];
  const byOther: string[] = [];
  const state: { failure: Failure | null } = { failure: Failure.terminal('LK-COD-002') };
  const opened = new AsyncDisposableStack();
  const service = opened.use(
    await startProbe(
      broker.url,
      (_, context) => {
        heard.push(context);
        if (state.failure) throw state.failure;
      },
      probeConsumer({ durable: name, filters }),
    ),
  );
  const other = probeConsumer({ durable: `${name}-other`, filters });
  opened.use(await startProbe(broker.url, (event) => void byOther.push(event.id), other));
  const { bus } = service;
  const letters = () => lettersOf(bus, 'OBSERVATIONS', name);
  const replay = (sequence: number, consumer = name) =>
    request(bus, replayDeadLetter, JSON.stringify({ sequence }), { params: { consumer } });
  await observe(bus, `${name}-1`, name);
  await until('it is a dead letter, and the other heard it', async () => {
    return (await letters()).length === 1 && byOther.length === 1;
  });
  const [letter] = await letters();
  return { bus, state, heard, byOther, letters, replay, opened, sequence: letter?.sequence ?? 0 };
}

describe('a dead letter that is replayed', () => {
  test('reaches only the consumer that failed, as it came, and is gone then', async () => {
    const { state, heard, byOther, letters, replay, sequence, opened, bus } =
      await startBroken('mended');
    await using _opened = opened;
    const before = (await bus.jsm.streams.info('OBSERVATIONS')).state.last_seq;
    state.failure = null;
    expect(await replay(sequence)).toEqual({ outcome: 'handled' });
    expect(heard).toHaveLength(2);
    expect(heard[1]).toMatchObject({
      params: { door: 'mended' },
      correlationId: 'c-mended-1',
      subject: 'lk.v1.observation.face.mended',
      deliveries: 1,
    });
    expect(await letters()).toEqual([]);
    expect(byOther).toEqual(['mended-1']);
    // Nothing was published again, so no one else can have heard it.
    expect((await bus.jsm.streams.info('OBSERVATIONS')).state.last_seq).toBe(before);
    await expect(replay(sequence)).rejects.toMatchObject({ code: 'LK-BUS-007' });
    expect(heard).toHaveLength(2);
  });

  test('and fails again stays, and the reason is told', async () => {
    const { state, letters, replay, sequence, opened } = await startBroken('still');
    await using _opened = opened;
    state.failure = Failure.retryable('LK-STO-001', 'the store is away');
    await expect(replay(sequence)).rejects.toMatchObject({
      code: 'LK-STO-001',
      message: 'the store is away',
    });
    expect(await letters()).toHaveLength(1);
  });

  test('and is nobody’s business any more is gone', async () => {
    const { state, letters, replay, sequence, opened } = await startBroken('late');
    await using _opened = opened;
    state.failure = Failure.benign('LK-COD-002');
    expect(await replay(sequence)).toEqual({ outcome: 'nothing-to-do' });
    expect(await letters()).toEqual([]);
  });

  test('is refused by another consumer, and says so where the service is away', async () => {
    const { letters, replay, sequence, opened } = await startBroken('own');
    await using _opened = opened;
    await expect(replay(sequence, 'own-other')).rejects.toMatchObject({ code: 'LK-BUS-007' });
    await expect(replay(sequence, 'nobody')).rejects.toMatchObject({ code: 'LK-BUS-003' });
    expect(await letters()).toHaveLength(1);
  });
});

test('a dead letter that is dropped is gone, once', async () => {
  const { bus, letters, sequence, opened } = await startBroken('dropped');
  await using _opened = opened;
  expect((await letters())[0]?.header(deadHeaders.id)).toBe('dropped-1');
  expect(await dropLetter(bus, sequence)).toBe(true);
  expect(await letters()).toEqual([]);
  expect(await dropLetter(bus, sequence)).toBe(false);
});
