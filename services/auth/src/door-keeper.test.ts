import { randomUUID } from 'node:crypto';
import { createLogger, type Entry } from '@latchkey/runtime';
import { expect, it, vi } from 'vitest';
import { DoorKeeper, type KeeperFacts } from './door-keeper.js';
import { displayOf } from './saga/display.pure.js';
import type { DoorEntry } from './saga/door-entry.pure.js';
import { limits } from './saga/limits.js';
import type { KeptEntry } from './signed-doors.js';
import { rules } from './saga/saga.fixtures.js';
import { dueAt } from './saga/saga.step.pure.js';
import type { SagaState } from './saga/saga.types.js';

// A clock that is set back, and a write that hangs, cannot be had of a real broker at will: both are simple ones of our own.

function settledAt(at: number): DoorEntry {
  const state: SagaState = {
    kind: 'settled',
    attempt: { id: randomUUID(), camera: 'main', line: null, startedAt: at },
    phase: 'granted',
    reason: null,
    hint: null,
    lockedUntil: null,
    person: null,
    settledAt: at,
    presentAt: at - limits.presenceStepMs,
  };
  const door = { id: 'north', rules, policyRevision: 1, showings: [], state };
  return { v: 1, door, dueAt: dueAt(state), count: 0, owed: [] };
}

function keeperOf(bucket: Pick<KeeperFacts['bucket'], 'get' | 'update'>, facts: Facts): DoorKeeper {
  return new DoorKeeper('north', {
    bucket: bucket as KeeperFacts['bucket'],
    carrier: { carry: facts.carry ?? (async () => ({})) } as unknown as KeeperFacts['carrier'],
    log: createLogger({ service: 'auth', instance: 'test', level: 'silent' }),
    nowMs: facts.nowMs ?? Date.now,
    policyOf: () => ({ rules, revision: 1 }),
    me: 'test',
  });
}

interface Facts {
  readonly carry?: KeeperFacts['carrier']['carry'];
  readonly nowMs?: () => number;
}

it('does what is due though its timer fired early by the broker’s clock, where nobody stands at the door', async () => {
  let clockMs = 0;
  let stored: Entry<KeptEntry> = {
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
  const keeper = keeperOf(bucket, { nowMs: () => Date.now() + clockMs });
  keeper.learn(stored); // the timer is armed
  clockMs = -60;
  await vi.waitFor(
    () => expect(stored.value).toMatchObject({ door: { state: { kind: 'idle' } } }),
    45_000,
  );
  await keeper.close();
});

it('what a door shows now is not covered for long by a display that hung until another replica had gone on', async () => {
  const before = settledAt(Date.now());
  const show = { do: 'show', ...displayOf(before.door, Date.now()) } as const;
  const owed = [{ n: 1, by: 'test', since: Date.now(), effect: show }];
  const atRest: SagaState = { kind: 'idle', since: Date.now() };
  const after = { ...before, door: { ...before.door, state: atRest }, dueAt: null, count: 2 };
  const stored: Entry<DoorEntry> = { value: after, revision: 3 };
  const hangs = Promise.withResolvers<void>();
  const shown: string[] = [];
  const keeper = keeperOf(
    { get: async () => stored, update: async () => 'conflict' },
    {
      carry: async (_, effect) => {
        if (shown.length === 0) await hangs.promise;
        if (effect.do === 'show') shown.push(effect.display.phase);
        return {};
      },
    },
  );
  keeper.learn({ value: { ...before, count: 1, owed }, revision: 1 });
  keeper.learn(stored); // another replica took over, and went on
  hangs.resolve();
  await vi.waitFor(() => expect(shown).toEqual(['granted', 'idle']), 45_000);
  await keeper.close();
});
