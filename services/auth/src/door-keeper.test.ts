import { randomUUID } from 'node:crypto';
import { createLogger, type Entry } from '@latchkey/runtime';
import { expect, it, vi } from 'vitest';
import { DoorKeeper, type KeeperFacts } from './door-keeper.js';
import type { DoorEntry } from './saga/door-entry.pure.js';
import { limits } from './saga/limits.js';
import { rules } from './saga/saga.fixtures.js';
import { dueAt } from './saga/saga.step.pure.js';
import type { SagaState } from './saga/saga.types.js';

// A clock that is set back cannot be had of a real broker: the bucket and the clock are simple ones of our own.

function settledAt(at: number): DoorEntry {
  const state: SagaState = {
    kind: 'settled',
    attempt: { id: randomUUID(), camera: 'main', startedAt: at },
    phase: 'granted',
    reason: null,
    hint: null,
    person: null,
    settledAt: at,
    presentAt: at - limits.presenceStepMs,
  };
  const door = { id: 'north', rules, policyRevision: 1, state };
  return { v: 1, door, dueAt: dueAt(state), count: 0, owed: [] };
}

it('does what is due though its timer fired early by the broker’s clock, where nobody stands at the door', async () => {
  let clockMs = 0;
  let stored: Entry<DoorEntry> = {
    value: settledAt(Date.now() - limits.settledNoFaceMs + 40),
    revision: 1,
  };
  const bucket: Pick<KeeperFacts['bucket'], 'get' | 'update'> = {
    get: async () => stored,
    update: async (_, value, revision) => {
      stored = { value, revision: revision + 1 };
      return stored.revision;
    },
  };
  const keeper = new DoorKeeper('north', {
    bucket: bucket as KeeperFacts['bucket'],
    carrier: { carry: async () => ({}) } as unknown as KeeperFacts['carrier'],
    log: createLogger({ service: 'auth', instance: 'test', level: 'silent' }),
    nowMs: () => Date.now() + clockMs,
    policyOf: () => ({ rules, revision: 1 }),
    me: 'test',
  });
  keeper.learn(stored); // the timer is armed
  clockMs = -60;
  await vi.waitFor(() => expect(stored.value.door.state.kind).toBe('idle'), 45_000);
  await keeper.close();
});
