import { alarmMismatch, alarmNotLive, deadHeaders, filterOf, streams } from '@latchkey/contracts';
import { type Bus, ensureTopology } from '@latchkey/runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type HandlerProcess, lettersOf, raise, startHandler } from './handler-process.fixture.js';
import {
  isSettled,
  openBroker,
  openBus,
  settled,
  type TestBroker,
  until,
} from './probe.fixture.js';

// Real here: nats-server, and services as processes that crash, are frozen, or have a wrong clock.

let broker: TestBroker;
let bus: Bus;
beforeEach(async () => {
  broker = await openBroker();
  bus = await openBus(broker.url);
  await ensureTopology(bus, { streams: [streams.ALARMS, streams.DEAD] });
});
afterEach(async () => {
  await bus.close();
  await broker[Symbol.asyncDispose]();
});

async function stored(filter: string): Promise<number> {
  const info = await bus.jsm.streams.info('ALARMS', { subjects_filter: filter });
  return Object.values(info.state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
}

const probe = { stream: 'ALARMS', durable: 'probe', filters: [filterOf(alarmNotLive)] } as const;

const count = (text: string, words: string): number => text.split(words).length - 1;

/** Starts the service anew each time that it dies, as a supervisor does, until something holds. */
async function supervise(env: Record<string, string>, holds: () => Promise<boolean>) {
  const lives: HandlerProcess[] = [];
  const over = new AbortController();
  const kept = (async () => {
    while (!over.signal.aborted) {
      const life = startHandler(broker.url, env);
      lives.push(life);
      await life.exited;
    }
  })();
  try {
    await until('it holds', holds, 110_000);
  } finally {
    over.abort();
    await lives.at(-1)?.[Symbol.asyncDispose]();
    await kept;
  }
  return lives.map((life) => life.said()).join('');
}

describe('a message that ends whoever handles it', () => {
  test.each([
    { maxTries: '3', handlings: 3 },
    { maxTries: '0', handlings: 5 },
  ])(
    'is a dead letter after $handlings times (maxTries $maxTries), and the others are handled',
    async ({ maxTries, handlings }) => {
      await raise(bus, 'poison-1');
      await raise(bus, 'fine-1');
      const said = await supervise({ MAX_TRIES: maxTries }, async () => {
        const dead = (await lettersOf(bus, 'ALARMS', 'probe')).length > 0;
        return dead && (await isSettled(bus, probe));
      });
      expect(count(said, 'handling poison-1\n')).toBe(handlings);
      expect(said).toContain('handled fine-1\n');
      const letters = await lettersOf(bus, 'ALARMS', 'probe');
      expect(letters).toHaveLength(1);
      expect(letters[0]?.header(deadHeaders.code)).toBe('LK-BUS-005');
      expect(letters[0]?.header(deadHeaders.reason)).toContain(`${handlings} times`);
      expect(letters[0]?.header(deadHeaders.id)).toBe('poison-1');
      expect(letters[0]?.header(deadHeaders.subject)).toMatch(/^lk\.v1\.alarm\./);
    },
  );
});

test('a service that is frozen in the middle and wakes does no harm: another did its work, and that counts once', async () => {
  await using first = startHandler(broker.url, { FREEZES: '1' });
  await until('it is up', () => first.healthUrl() !== undefined);
  await raise(bus, 'slow-1');
  await until('it has begun', () => first.said().includes('handling slow-1'));
  await using second = startHandler(broker.url);
  await until('the other has done it', () => second.said().includes('handled slow-1'));
  first.child.kill('SIGCONT');
  await until('the first ends its own work', () => first.said().includes('handled slow-1'));
  await settled(bus, probe);
  expect(await stored(filterOf(alarmMismatch))).toBe(1);
  expect(await stored(filterOf(alarmNotLive))).toBe(1);
  expect(await lettersOf(bus, 'ALARMS', 'probe')).toEqual([]);
  // Both go on.
  await raise(bus, 'fine-2');
  await until('the next is handled', () =>
    `${first.said()}${second.said()}`.includes('handled fine-2'),
  );
});

test('a service whose clock is wrong says so and is not ready, and still tells the time by the broker', async () => {
  await using skewed = startHandler(broker.url, { CLOCK_SKEW_MS: '-4000' });
  await until('it is up', () => skewed.healthUrl() !== undefined);
  const answer = await fetch(`${skewed.healthUrl()}/readyz`);
  expect(answer.status).toBe(503);
  const { checks } = (await answer.json()) as { checks: Record<string, true | string> };
  expect(checks['clock']).toMatch(/^LK-CLK-001 differs from the broker by (3[5-9]|4[0-4])\d\d ms$/);
  await raise(bus, 'fine-3');
  await until('it is handled', () => skewed.said().includes('handled fine-3'));
  const [result] = [
    await bus.jsm.streams.getMessage('ALARMS', { last_by_subj: filterOf(alarmMismatch) }),
  ];
  const { time } = result?.json<{ time: string }>() ?? { time: '' };
  expect(Math.abs(Date.parse(time) - (result?.time.getTime() ?? 0))).toBeLessThan(2_000);
});
