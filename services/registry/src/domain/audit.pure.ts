import { ACT_BEGUN, type OperatorAct } from '@latchkey/contracts';
import type { AuditEntry } from '@latchkey/contracts/grpc';
import type { CollectionDefinition } from '../store/store.port.js';
import { auditId, type Operation } from './outbox.pure.js';
import { accept, type Decision, refuse } from './refusal.pure.js';

/** Where the audit lies: entries are only ever added, and an act's end noted once; their ids sort by time. */
export const auditCollection: CollectionDefinition<AuditEntry> = {
  name: 'audit',
  indexes: { at: {}, by: {}, action: {}, person: {}, door: {} },
  keysOf: ({ at, by, action, person, door }) => ({
    at,
    by,
    action,
    person: person || undefined,
    door: door || undefined,
  }),
};

/** What an operator is about to do without the registry. */
export interface BegunAct {
  readonly action: OperatorAct;
  readonly subject: string;
  readonly person: string;
  readonly door: string;
  readonly detail: string;
}

/** Begins an act. */
export function beginAct(act: BegunAct, op: Operation): AuditEntry {
  const { action, subject, person, door, detail } = act;
  const id = auditId(op, subject);
  const facts = { id, at: op.now, by: op.by, action, subject, detail, person, door };
  return { ...facts, outcome: ACT_BEGUN, beforeJson: '', afterJson: '' };
}

/** Ends an act: by who began it, once; the same again changes nothing. */
export function endAct(
  entry: AuditEntry | null,
  end: { readonly by: string; readonly outcome: string },
): Decision<AuditEntry> {
  if (entry?.by === end.by) {
    if (entry.outcome === end.outcome) return accept(entry);
    if (entry.outcome === ACT_BEGUN) return accept({ ...entry, outcome: end.outcome });
  }
  return refuse(
    'LK-AUD-001',
    'The act is not under way: it was not begun by who ends it, or has ended.',
  );
}

/** What differs between two settings, as it was and as it is. */
export function differing(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { before: object; after: object } {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  const only = (settings: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(fields.map((field) => [field, settings[field] ?? null]));
  return { before: only(before), after: only(after) };
}
