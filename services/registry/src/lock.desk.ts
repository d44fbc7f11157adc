import { setTimeout as delay } from 'node:timers/promises';
import type { TestLockReply } from '@latchkey/contracts/grpc';
import { Failure } from '@latchkey/runtime';
import type { z } from 'zod';
import { change } from './change.js';
import { beginOperation, type DeskFacts, type Origin } from './desk.js';
import { doorsCollection } from './domain/door.pure.js';
import { LOCK_TEST_LIFE_MS, mayTestLocks, testLock } from './domain/lock-test.pure.js';
import { operatorsCollection } from './domain/operator.pure.js';
import type { requests } from './requests.js';

/** How long the answer waits for the broker to have stored the test. */
const SENT_MS = 2_000;

/** Locks: tested by an administrator who stands by the door, or has somebody there. */
export class LockDesk {
  readonly #facts: DeskFacts;

  constructor(facts: DeskFacts) {
    this.#facts = facts;
  }

  /**
   * Has the lock open once. Whether who asks may is decided here, by the registry's own record of them: the gateway says
   * who it is, but not what they may do.
   * @throws Failure LK-DOR-003, -005 (tested a moment ago), -006 (no administrator), -007 (another name)
   */
  async testLock(
    asked: z.output<(typeof requests)['testLock']>,
    origin: Origin,
  ): Promise<TestLockReply> {
    const { store, relay } = this.#facts;
    const operator = await store.get(operatorsCollection, asked.by);
    if (!mayTestLocks(operator?.document ?? null)) throw Failure.terminal('LK-DOR-006');
    const op = beginOperation(this.#facts, origin, asked.by);
    await change(store, doorsCollection, asked.door, (current) => testLock(current, asked, op));
    const settled = relay.settle(doorsCollection, asked.door).then(
      () => true,
      () => false,
    );
    const sent = await Promise.race([settled, delay(SENT_MS, false, { ref: false })]);
    return { expiresAt: op.now + LOCK_TEST_LIFE_MS, sent };
  }
}
