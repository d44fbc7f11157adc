import {
  ACT_DONE,
  type AuditAction,
  type CodeReason,
  codeIssued,
  type codeNotice,
  type EventDefinition,
  type SubjectParams,
} from '@latchkey/contracts';
import type { AuditEntry } from '@latchkey/contracts/grpc';

/**
 * What a write owes to others, kept in the same document until it is done:
 * an event to be published, an audit entry to be appended, what others hold of it (an entry in `gallery` or `policy`,
 * photographs) to be brought in step with what the document says when the relay comes to it, or what waits to be mailed
 * about it to be dropped.
 */
export type OutboxItem = OwedEvent | OwedAudit | OwedSync | OwedDrop;

export interface OwedEvent {
  readonly kind: 'event';
  /** The message id, by which the broker drops doubles. */
  readonly id: string;
  readonly type: string;
  readonly params: Readonly<Record<string, string>>;
  /** Ids and sealed boxes only: nothing here names a person, an address or a code in clear. */
  readonly data: unknown;
  readonly correlationId: string;
  readonly at: number;
}

export interface OwedAudit extends AuditEntry {
  readonly kind: 'audit';
}

export interface OwedSync {
  readonly kind: 'sync';
  readonly id: string;
}

export interface OwedDrop {
  readonly kind: 'drop';
  readonly id: string;
  /** What was stored from then on is about someone else, who was given the id. */
  readonly before: number;
}

/** One command: who asks, when, and a random id of which all that it owes takes its message ids. */
export interface Operation {
  readonly id: string;
  readonly by: string;
  /** Milliseconds since 1970 by the broker's clock. */
  readonly now: number;
  readonly correlationId: string;
  /** Random as well, and in nothing that is told or noted: by it an operator's sessions are known to be of after this. */
  readonly stamp: string;
}

/** The id of an event that a command owes: its message id, and of a mail the job by which the ledger knows it. */
export function eventIdOf(op: Operation, { type }: Pick<EventDefinition, 'type'>): string {
  return `${op.id}:${type}`;
}

/** Owes an event. Its id is the operation's and its type's: a command owes each type at most once per document. */
export function owedEvent<Template extends string, Data>(
  op: Operation,
  definition: EventDefinition<Template, Data>,
  params: NoInfer<SubjectParams<Template>>,
  data: NoInfer<Data>,
): OwedEvent {
  return {
    kind: 'event',
    id: eventIdOf(op, definition),
    type: definition.type,
    params,
    data,
    correlationId: op.correlationId,
    at: op.now,
  };
}

/** What an audit entry is about: a person, a door, a person at a door, or an operator. Never a person's name or address, or a secret. */
export interface AuditFacts {
  readonly person?: string;
  readonly door?: string;
  readonly operator?: string;
  readonly detail?: string;
  readonly before?: object;
  readonly after?: object;
}

/** Owes an audit entry. */
export function owedAudit(op: Operation, action: AuditAction, facts: AuditFacts): OwedAudit {
  const { person = '', door = '', operator = '', detail = '', before, after } = facts;
  const subject = person || door || operator;
  return {
    kind: 'audit',
    id: auditId(op, subject),
    at: op.now,
    by: op.by,
    action,
    subject,
    detail,
    person,
    door,
    outcome: ACT_DONE,
    beforeJson: before ? JSON.stringify(before) : '',
    afterJson: after ? JSON.stringify(after) : '',
  };
}

/** An audit entry's id begins with the time, so entries sort by it. */
export function auditId(op: Operation, subject: string): string {
  return `${String(op.now).padStart(15, '0')}-${op.id}-${subject}`;
}

/** Owes that what others hold of the document follows it. */
export function owedSync(op: Operation): OwedSync {
  return { kind: 'sync', id: `${op.id}:sync` };
}

/** Owes that mails about a person that wait, or could not be sent, go. */
export function owedDrop(op: Operation): OwedDrop {
  return { kind: 'drop', id: `${op.id}:drop`, before: op.now };
}

/** A code that was just made: what the registry keeps of it, and its text sealed for notify. */
export interface FreshCode {
  readonly digest: string;
  readonly sealed: string;
}

/** Owes the news of a new code and its mail. */
export function owedCode(
  op: Operation,
  notice: typeof codeNotice,
  facts: { person: string; reason: CodeReason; door: string | null; sealed: string },
): OwedEvent[] {
  const { person, reason } = facts;
  return [
    owedEvent(op, codeIssued, {}, { person, reason, at: op.now }),
    owedEvent(op, notice, {}, { ...facts, at: op.now }),
  ];
}
