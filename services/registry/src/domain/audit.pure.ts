import { createHash } from 'node:crypto';
import {
  ACT_BEGUN,
  ACT_DONE,
  type AuditCheckpoint,
  type AuditLink,
  NOTED_ONCE_IN_MS,
  type OperatorAct,
  type OperatorLook,
} from '@latchkey/contracts';
import type { AuditEntry } from '@latchkey/contracts/grpc';
import type { CollectionDefinition } from '../store/store.port.js';
import { auditId, type Operation } from './outbox.pure.js';
import { accept, type Decision, refuse } from './refusal.pure.js';

/** An entry as versions before the chain stored it. */
export type LooseEntry = AuditEntry & { readonly seq?: never };
/** What lies in the audit. */
export type AuditRecord = AuditLink | LooseEntry;

/**
 * Where the audit lies: links of its chain, each under its place, so that no two can take the same. Links are only ever added;
 * of one only its values go, when the person goes whom they are about.
 */
export const auditCollection: CollectionDefinition<AuditRecord> = {
  name: 'audit',
  indexes: {
    at: { ordered: true },
    by: { paged: true },
    action: { paged: true },
    person: { paged: true },
    door: { paged: true },
    entry: { unique: true },
    end: { unique: true },
  },
  keysOf: (record) => {
    if (!isLink(record)) return keysOfEntry(record);
    const { entry, end } = record;
    return entry ? { ...keysOfEntry(entry), entry: entry.id } : { end: end?.id };
  },
};

/** Where the registry's signatures of the chain lie, each under the place of its link. */
export const checkpointsCollection: CollectionDefinition<AuditCheckpoint> = {
  name: 'checkpoints',
  indexes: {},
  keysOf: () => ({}),
};

/** Under which id a link is stored: ids sort by place, and after those of entries that are in no chain. */
export function placeOfLink(seq: number): string {
  return `e${String(seq).padStart(15, '0')}`;
}

/** The place in the chain that an id names; `null`: none. */
export function seqOfPlace(id: string): number | null {
  return /^e\d{15}$/.test(id) ? Number(id.slice(1)) : null;
}

/** Whether it is in the chain. */
export function isLink(record: AuditRecord): record is AuditLink {
  return record.seq !== undefined;
}

function keysOfEntry({ at, by, action, person, door }: AuditEntry) {
  return { at, by, action, person: person || undefined, door: door || undefined };
}

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

/**
 * Notes that an operator looked at something. Of the looks of one operator at one thing, all in the same ten minutes have the
 * same id, so that only the first is stored.
 */
export function noteLook(
  { action, subject, door }: Pick<BegunAct, 'subject' | 'door'> & { readonly action: OperatorLook },
  op: Operation,
): AuditEntry {
  const beganAt = op.now - (op.now % NOTED_ONCE_IN_MS);
  const what = createHash('sha256').update([action, op.by, subject].join('\n')).digest('base64url');
  const id = auditId({ ...op, id: 'look', now: beganAt }, what);
  const facts = { id, at: op.now, by: op.by, action, subject, detail: '', person: '', door };
  return { ...facts, outcome: ACT_DONE, beforeJson: '', afterJson: '' };
}

/** Ends an act: by who began it, once; the same again changes nothing. `ended`: how it ended, if it has. */
export function endAct(
  begun: AuditEntry | null,
  ended: string | null,
  end: { readonly by: string; readonly outcome: string },
): Decision<string> {
  const now = ended ?? begun?.outcome;
  if (begun?.by === end.by && (now === ACT_BEGUN || now === end.outcome))
    return accept(end.outcome);
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
