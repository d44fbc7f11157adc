import { NOTED_ONCE_IN_MS } from '@latchkey/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { failSignIn, noteFailedSignIns } from './failed-sign-in.pure.js';
import { createOperator, removeOperator } from './operator-life.pure.js';
import type { LivingOperator, OperatorRecord } from './operator.pure.js';
import type { Operation } from './outbox.pure.js';
import type { Decision } from './refusal.pure.js';

const opAt = (now: number): Operation => ({
  id: `op-${now}`,
  by: 'gateway',
  now,
  correlationId: 'test',
  stamp: 'other',
});
const START = 1_790_000_000_000;
const facts = { id: 'ada', name: 'Ada', role: 'guard', passwordHash: 'x', first: false } as const;
const created = (): LivingOperator => decided(createOperator(null, facts, opAt(START)));

function decided<D extends OperatorRecord>(decision: Decision<D>): D {
  if (!decision.ok) throw new Error(decision.code);
  return decision.next;
}

/** What the audit is owed of failed sign-ins: when, and of how many. */
const entriesOf = ({ outbox }: OperatorRecord) =>
  outbox.flatMap((item) =>
    item.kind === 'audit' && item.action === 'operator.sign-in-failed'
      ? [{ at: item.at, count: Number(item.detail.split(' ')[0]) }]
      : [],
  );

it('every sign-in that fails is in one entry, and there is one in ten minutes at most', () => {
  const step = fc.record({ afterMs: fc.nat(400_000), fails: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let now = START;
      let operator = created();
      for (const { afterMs, fails } of steps) {
        now += afterMs;
        operator = decided((fails ? failSignIn : noteFailedSignIns)(operator, opAt(now)));
      }
      operator = decided(noteFailedSignIns(operator, opAt(now + NOTED_ONCE_IN_MS)));
      const entries = entriesOf(operator);
      const counted = entries.reduce((sum, { count }) => sum + count, 0);
      expect(counted).toBe(steps.filter(({ fails }) => fails).length);
      const apart = entries.slice(1).map(({ at }, n) => at - (entries[n]?.at ?? 0));
      expect(apart.filter((ms) => ms < NOTED_ONCE_IN_MS)).toEqual([]);
    }),
  );
});

it('the first is noted at once, and what is due is written once', () => {
  const failed = decided(failSignIn(created(), opAt(START + 1)));
  expect(entriesOf(failed)).toEqual([{ at: START + 1, count: 1 }]);
  expect(decided(noteFailedSignIns(failed, opAt(START + 2)))).toBe(failed);
});

it('ends nothing that is signed in, and is no change that an operator would overwrite', () => {
  const before = created();
  const { stamp, revision } = decided(failSignIn(before, opAt(START + 1)));
  expect({ stamp, revision }).toEqual({ stamp: before.stamp, revision: before.revision });
});

it('is kept of nobody who is not there, or who was removed', () => {
  const gone = decided(removeOperator(created(), opAt(START + 1)));
  for (const nobody of [null, gone]) {
    expect(failSignIn(nobody, opAt(START + 2))).toMatchObject({ ok: false, code: 'LK-OPR-003' });
  }
});
