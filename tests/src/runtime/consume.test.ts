import { deadHeaders } from '@latchkey/contracts';
import { type Bus, Failure, type MessageContext } from '@latchkey/runtime';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  observe,
  openBroker,
  probeConsumer,
  settled,
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

/** Each test has a durable of its own, so that none hears another's messages. */
function own(name: string, facts: Parameters<typeof probeConsumer>[0] = {}) {
  const door = name;
  const filters = [`lk.v1.observation.face.${door}`];
  return { door, consumer: probeConsumer({ durable: name, filters, ...facts }) };
}

async function deadLetterOf(bus: Bus, durable: string) {
  const subject = `lk.v1.dead.OBSERVATIONS.${durable}`;
  return await bus.jsm.streams.getMessage('DEAD', { last_by_subj: subject });
}

describe('a message', () => {
  test('reaches its handler with its door, its correlation id and the broker’s time, and is gone then', async () => {
    const { door, consumer } = own('handled');
    const heard: MessageContext[] = [];
    await using service = await startProbe(
      broker.url,
      (_, context) => void heard.push(context),
      consumer,
    );
    await observe(service.bus, 'a1', door);
    await until('it is handled', () => heard.length === 1);
    expect(heard[0]).toMatchObject({ params: { door }, correlationId: 'c-a1', deliveries: 1 });
    expect(Math.abs((heard[0]?.storedAtMs ?? 0) - service.bus.nowMs())).toBeLessThan(10_000);
    await settled(service.bus, consumer);
  });

  test('that fails for now is tried again until it works', async () => {
    const { door, consumer } = own('retried');
    const tries: number[] = [];
    await using service = await startProbe(
      broker.url,
      (_, { deliveries }) => {
        tries.push(deliveries);
        if (tries.length < 3) throw Failure.retryable('LK-STO-001', 'away', { retryAfterMs: 20 });
      },
      consumer,
    );
    await observe(service.bus, 'b1', door);
    await settled(service.bus, consumer);
    expect(tries).toEqual([1, 2, 3]);
    expect(await deadLetterOf(service.bus, 'retried')).toBeNull();
  });

  test('that fails at each try becomes a dead letter, as it came, with the reason, once', async () => {
    const { door, consumer } = own('exhausted', { maxTries: 2 });
    let tries = 0;
    await using service = await startProbe(
      broker.url,
      () => {
        tries += 1;
        throw Failure.retryable('LK-STO-001', 'the store at mongodb://me:pw@host is away', {
          retryAfterMs: 20,
        });
      },
      consumer,
    );
    await observe(service.bus, 'c1', door);
    await settled(service.bus, consumer);
    const dead = await deadLetterOf(service.bus, 'exhausted');
    expect(tries).toBe(2);
    expect(dead?.header.get(deadHeaders.code)).toBe('LK-STO-001');
    expect(dead?.header.get(deadHeaders.deliveries)).toBe('2');
    expect(dead?.header.get(deadHeaders.subject)).toBe(`lk.v1.observation.face.${door}`);
    expect(dead?.header.get(deadHeaders.reason)).toBe(
      'the store at mongodb://[redacted]@host is away',
    );
    expect(dead?.json()).toMatchObject({ id: 'c1', data: { door } });
  });

  test('that can never be handled is a dead letter at once', async () => {
    const { door, consumer } = own('terminal');
    let tries = 0;
    await using service = await startProbe(
      broker.url,
      () => {
        tries += 1;
        throw Failure.terminal('LK-COD-002');
      },
      consumer,
    );
    await observe(service.bus, 'd1', door);
    await until('it is dead', async () => (await deadLetterOf(service.bus, 'terminal')) !== null);
    await settled(service.bus, consumer);
    expect(tries).toBe(1);
  });

  test('that is nobody’s business any more is acked', async () => {
    const { door, consumer } = own('benign');
    let tries = 0;
    await using service = await startProbe(
      broker.url,
      () => {
        tries += 1;
        throw Failure.benign('LK-COD-002');
      },
      consumer,
    );
    await observe(service.bus, 'e1', door);
    await settled(service.bus, consumer);
    expect(tries).toBe(1);
    expect(await deadLetterOf(service.bus, 'benign')).toBeNull();
  });

  test('that does not parse is a dead letter that says why, and the handler never sees it', async () => {
    const { door, consumer } = own('garbled');
    let tries = 0;
    await using service = await startProbe(broker.url, () => void (tries += 1), consumer);
    await service.bus.js.publish(`lk.v1.observation.face.${door}`, '{"a":');
    await until('it is dead', async () => (await deadLetterOf(service.bus, 'garbled')) !== null);
    const dead = await deadLetterOf(service.bus, 'garbled');
    expect(dead?.header.get(deadHeaders.code)).toBe('LK-BUS-004');
    expect(dead?.header.get(deadHeaders.reason)).toMatch(/no JSON/);
    expect(dead?.string()).toBe('{"a":');
    expect(tries).toBe(0);
  });

  test('whose handler takes longer than the broker waits is handled once', async () => {
    const { door, consumer } = own('slow', { ackWaitMs: 4_000 });
    let tries = 0;
    await using service = await startProbe(
      broker.url,
      async () => {
        tries += 1;
        await delay(6_000);
      },
      consumer,
    );
    await observe(service.bus, 'f1', door);
    await settled(service.bus, consumer);
    expect(tries).toBe(1);
  });

  test('waits while as many as the consumer allows are being handled', async () => {
    const { door, consumer } = own('bounded', { concurrency: 3 });
    let now = 0;
    let most = 0;
    let done = 0;
    const full = Promise.withResolvers<void>();
    await using service = await startProbe(
      broker.url,
      async () => {
        most = Math.max(most, (now += 1));
        // None ends before as many as may be are there, however slowly they come.
        if (now === 3) full.resolve();
        await full.promise;
        await delay(5);
        now -= 1;
        done += 1;
      },
      consumer,
    );
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => observe(service.bus, `g${index}`, door)),
    );
    await until('all are handled', () => done === 40);
    expect(most).toBe(3);
  });

  test('that is being handled at shutdown is finished first', async () => {
    const { door, consumer } = own('drained');
    let done = false;
    const begun = Promise.withResolvers<void>();
    const service = await startProbe(
      broker.url,
      async () => {
        begun.resolve();
        await delay(300);
        done = true;
      },
      consumer,
    );
    await observe(service.bus, 'h1', door);
    await begun.promise;
    await Promise.all([service.close(), service.close()]);
    expect(done).toBe(true);
  });
});
