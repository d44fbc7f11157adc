import type { Operation } from './outbox.pure.js';
import type { LivingPerson } from './person.pure.js';

export const NOW = 1_790_000_000_000;

/** A command of a test; each has an id of its own. */
export function operation(now = NOW): Operation {
  return { id: `op-${now}`, by: 'test', now, correlationId: 'test', stamp: `stamp-${now}` };
}

/** An enrolled person whose valid code has the digest `code-of-<id>`. */
export function member(id: string, facts: Partial<LivingPerson> = {}): LivingPerson {
  return {
    id,
    state: 'enrolled',
    name: id,
    email: `${id}@campus.example`,
    guard: false,
    groups: [],
    createdAt: NOW - 1_000,
    enrolledAt: NOW,
    key: 'wrapped',
    samples: [],
    template: 'encrypted',
    code: { digest: `code-of-${id}`, issuedAt: NOW, reason: 'registered', expiresAt: null },
    lastUse: null,
    wrong: [],
    locks: [],
    requestedAt: [],
    outbox: [],
    ...facts,
  };
}

/** The types of the events that a person owes. */
export function owedTypes(person: { outbox: LivingPerson['outbox'] }): string[] {
  return person.outbox.flatMap((item) => (item.kind === 'event' ? [item.type] : []));
}
