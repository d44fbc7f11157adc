import { doorLockTested, lockTest } from '@latchkey/contracts';
import type { OperatorRecord } from './operator.pure.js';
import { type DoorRecord, doorOf, type LivingDoor } from './door.pure.js';
import { type Operation, owedAudit, owedEvent } from './outbox.pure.js';
import { owing } from './person.pure.js';
import { accept, type Decision, refuse } from './refusal.pure.js';

/** How long relays may take a test for new: the way there, with room, and no longer than someone stands there. */
export const LOCK_TEST_LIFE_MS = 5_000;
/** Between two tests of one lock: who tests looks at the lock in between, and nobody keeps a door open by tests. */
export const LOCK_TEST_EVERY_MS = 10_000;

/** Whether an operator may order a test of a lock: an administrator who may sign in. Programs are no operators. */
export function mayTestLocks(operator: OperatorRecord | null): boolean {
  return operator?.state === 'active' && operator.role === 'administrator' && !operator.disabled;
}

/** Orders a test of a door's lock. What the door is for others stays as it is. */
export function testLock(
  existing: DoorRecord | null,
  asked: { readonly name: string; readonly reason: string },
  op: Operation,
): Decision<LivingDoor> {
  const door = doorOf(existing);
  if (!door.ok) return door;
  const { id, settings, lockTestedAt = Number.NEGATIVE_INFINITY } = door.next;
  if (asked.name !== settings.name) {
    return refuse('LK-DOR-007', `The door is called ${settings.name}. Type that name to confirm.`);
  }
  const waitMs = lockTestedAt + LOCK_TEST_EVERY_MS - op.now;
  if (waitMs > 0) return tooSoon(waitMs);
  const facts = { door: id, at: op.now, operator: op.by };
  const expiresAt = op.now + LOCK_TEST_LIFE_MS;
  return accept(
    owing({ ...door.next, lockTestedAt: op.now }, [
      owedAudit(op, 'door.lock-tested', { door: id, detail: asked.reason }),
      owedEvent(op, lockTest, { door: id }, { ...facts, expiresAt }),
      owedEvent(op, doorLockTested, {}, facts),
    ]),
  );
}

function tooSoon(waitMs: number): Decision<never> {
  const message = `This lock was tested a moment ago. Wait ${Math.ceil(waitMs / 1_000)} s, then test it again.`;
  return { ...refuse('LK-DOR-005', message), retryAfterMs: waitMs };
}
