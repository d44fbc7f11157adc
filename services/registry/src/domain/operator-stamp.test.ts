import { expect, it } from 'vitest';
import { createOperator, setPassword, updateOperator } from './operator-life.pure.js';
import { removePasskeys } from './operator-passkeys.pure.js';
import { setSingleSignOn } from './operator-single-sign-on.pure.js';
import type { LivingOperator } from './operator.pure.js';
import { operation } from './people.fixture.js';
import type { Decision } from './refusal.pure.js';

function done(decision: Decision<LivingOperator>): LivingOperator {
  if (!decision.ok) throw new Error(decision.message);
  return decision.next;
}

/** Whoever knows the stamp could write a session, where they can write at all. */
it('no audit entry tells by what an operator’s sessions are known', () => {
  const facts = { id: 'ada', name: 'Ada', role: 'guard', passwordHash: 'x', first: false } as const;
  const passkey = { id: 'key', name: 'Key', credential: 'c', handle: 'h', publicKey: 'p' };
  const kept = {
    ...passkey,
    counter: 0,
    transports: [],
    createdAt: 0,
    lastUsedAt: 0,
    suspect: false,
  };
  const made = done(createOperator(null, { ...facts, singleSignOn: null }, operation(1)));
  const changes = [
    made,
    done(
      updateOperator(
        made,
        { name: 'Ada', role: 'auditor', disabled: false, revision: made.revision },
        operation(2),
      ),
    ),
    done(setPassword(made, { passwordHash: 'y', removeTotp: false }, operation(3))),
    done(setSingleSignOn(made, 'ada@campus.example', operation(4))),
    done(removePasskeys({ ...made, passkeys: [kept] }, null, operation(5))),
  ];
  expect(new Set(changes.map(({ stamp }) => stamp)).size).toBe(changes.length);
  for (const { stamp, outbox } of changes) {
    expect(outbox.length).toBeGreaterThan(0);
    expect(JSON.stringify(outbox)).not.toContain(stamp);
  }
});
