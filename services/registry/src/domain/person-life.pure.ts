import { createHash } from 'node:crypto';
import {
  applicantNotice,
  codeNotice,
  codeUnlocked,
  personDeleted,
  personResumed,
  personSuspended,
} from '@latchkey/contracts';
import {
  type FreshCode,
  type Operation,
  type OutboxItem,
  type OwedEvent,
  owedAudit,
  owedCode,
  owedDrop,
  owedEvent,
  owedSync,
} from './outbox.pure.js';
import {
  type LivingPerson,
  owing,
  type PersonRecord,
  type Tombstone,
  validCode,
} from './person.pure.js';
import { accept, type Decision, refuse } from './refusal.pure.js';

const MINUTE_MS = 60 * 1_000;
/** A person may ask for a new code once a minute and five times an hour. */
export const REQUEST_PAUSE_MS = MINUTE_MS;
export const REQUEST_WINDOW_MS = 60 * MINUTE_MS;
const REQUESTS_MAX = 5;

/** Shuts all doors to a person; once more changes nothing. */
export function suspendPerson(person: PersonRecord | null, op: Operation): Decision<LivingPerson> {
  return setState(person, 'suspended', op);
}

/** Lets a suspended person enter again; once more changes nothing. */
export function resumePerson(person: PersonRecord | null, op: Operation): Decision<LivingPerson> {
  return setState(person, 'enrolled', op);
}

function setState(
  person: PersonRecord | null,
  state: 'suspended' | 'enrolled',
  op: Operation,
): Decision<LivingPerson> {
  const member = memberOf(person);
  if (!member.ok || member.next.state === state) return member;
  const facts = { person: member.next.id, at: op.now };
  const change = {
    person: facts.person,
    before: { state: member.next.state },
    after: { state },
  };
  const owed =
    state === 'suspended'
      ? [owedAudit(op, 'person.suspended', change), owedEvent(op, personSuspended, {}, facts)]
      : [owedAudit(op, 'person.resumed', change), owedEvent(op, personResumed, {}, facts)];
  return accept(owing({ ...member.next, state }, owed));
}

/** Makes a new code valid and owes its mail; the last code, and a mail of it not yet sent, are void. */
export function reissueCode(
  person: PersonRecord | null,
  reason: 'reissued' | 'requested',
  fresh: FreshCode,
  codeLifeMs: number | null,
  op: Operation,
): Decision<LivingPerson> {
  const member = enrolledOf(person);
  if (!member.ok) return member;
  const { id, requestedAt } = member.next;
  const recent = requestedAt.filter((at) => at > op.now - REQUEST_WINDOW_MS);
  const waitMs = reason === 'requested' ? waitOf(recent, op.now) : 0;
  if (waitMs > 0) {
    const message = `A new code was asked for too often. Wait ${Math.ceil(waitMs / 1_000)} s; the last code is in the mail box.`;
    return { ok: false, code: 'LK-COD-001', message, retryAfterMs: waitMs };
  }
  const next: LivingPerson = {
    ...member.next,
    requestedAt: reason === 'requested' ? [...recent, op.now] : recent,
    code: validCode(fresh.digest, reason, codeLifeMs, op),
    outbox: member.next.outbox.filter((item) => !isCodeMail(item) || isDuressMail(item)),
  };
  return accept(
    owing(next, [
      owedAudit(op, `code.${reason}`, { person: id }),
      ...owedCode(op, codeNotice, { person: id, reason, door: null, sealed: fresh.sealed }),
    ]),
  );
}

/**
 * Makes another code valid beside the ordinary one, and owes its mail: for when somebody forces the person to open a door.
 * The last such code, and a mail of it not yet sent, are void.
 */
export function issueDuressCode(
  person: PersonRecord | null,
  fresh: FreshCode,
  codeLifeMs: number | null,
  op: Operation,
): Decision<LivingPerson> {
  const member = enrolledOf(person);
  if (!member.ok) return member;
  const { id, outbox } = member.next;
  const expiresAt = codeLifeMs === null ? null : op.now + codeLifeMs;
  const next: LivingPerson = {
    ...member.next,
    duress: { digest: fresh.digest, issuedAt: op.now, expiresAt },
    outbox: outbox.filter((item) => !isDuressMail(item)),
  };
  const notice = {
    person: id,
    reason: 'duress',
    door: null,
    sealed: fresh.sealed,
    at: op.now,
  } as const;
  return accept(
    owing(next, [
      owedAudit(op, 'code.duress-issued', { person: id }),
      owedEvent(op, codeNotice, {}, notice),
    ]),
  );
}

function isCodeMail(item: OutboxItem): item is OwedEvent {
  return item.kind === 'event' && item.type === codeNotice.type;
}

function isDuressMail(item: OutboxItem): boolean {
  return isCodeMail(item) && codeNotice.data.safeParse(item.data).data?.reason === 'duress';
}

/** Milliseconds until a person may ask for a code again; `recent`: when they asked within the window, oldest first. */
function waitOf(recent: readonly number[], now: number): number {
  const last = recent.at(-1) ?? -Infinity;
  const first = recent.at(-REQUESTS_MAX) ?? -Infinity;
  return Math.max(0, last + REQUEST_PAUSE_MS - now, first + REQUEST_WINDOW_MS - now);
}

/** Opens a locked door to a person again; where it isn't locked nothing changes. */
export function liftLock(
  person: PersonRecord | null,
  door: string,
  op: Operation,
): Decision<LivingPerson> {
  const member = memberOf(person);
  if (!member.ok) return member;
  const { id, locks, wrong } = member.next;
  const lifted = locks.find((lock) => lock.door === door);
  if (!lifted) return member;
  const next = {
    ...member.next,
    locks: locks.filter((lock) => lock.door !== door),
    wrong: wrong.filter((showing) => showing.door !== door),
  };
  return accept(
    owing(next, [
      owedAudit(op, 'code.unlocked', { person: id, door, before: { lockedUntil: lifted.until } }),
      owedEvent(op, codeUnlocked, {}, { person: id, door, at: op.now }),
    ]),
  );
}

/**
 * Forgets a person, their key and all: only a tombstone stays, until what is owed is done. Mails still owed are not sent.
 * @returns the digest of the record as it was, for the receipt
 */
export function deletePerson(
  person: PersonRecord | null,
  { receipt, why = '' }: { readonly receipt: string; readonly why?: string },
  op: Operation,
): Decision<Tombstone, string> {
  if (!person || person.state === 'gone') return missing();
  const { id, state, outbox } = person;
  const mails: readonly string[] = [codeNotice.type, applicantNotice.type];
  const kept = outbox.filter((item) => item.kind !== 'event' || !mails.includes(item.type));
  const next = owing<Tombstone>({ id, state: 'gone', outbox: kept }, [
    owedAudit(op, 'person.deleted', { person: id, detail: why ? `${receipt}, ${why}` : receipt }),
    owedSync(op),
    owedDrop(op),
    ...(state === 'draft' && !person.wasListed
      ? []
      : [owedEvent(op, personDeleted, {}, { person: id, receipt, at: op.now })]),
  ]);
  return { ok: true, next, reply: digestOf(person) };
}

/** SHA-256 over the record as it is stored but for what it owes, in hexadecimal. */
function digestOf(person: LivingPerson): string {
  const record = { ...person, outbox: [] };
  return createHash('sha256').update(JSON.stringify(record)).digest('hex');
}

function enrolledOf(person: PersonRecord | null): Decision<LivingPerson> {
  const member = memberOf(person);
  if (!member.ok || member.next.state !== 'suspended') return member;
  const { id } = member.next;
  return refuse(
    'LK-PER-007',
    `The person ${id} is suspended; expected enrolled. Resume them first.`,
  );
}

function memberOf(person: PersonRecord | null): Decision<LivingPerson> {
  if (!person || person.state === 'gone') return missing();
  if (person.state === 'listed') {
    return refuse(
      'LK-PER-007',
      `The person ${person.id} is listed and not enrolled yet. Take their samples first.`,
    );
  }
  if (person.state === 'draft') {
    return refuse(
      'LK-PER-007',
      `The registration of ${person.id} is not complete. Commit it first.`,
    );
  }
  return accept(person);
}

function missing() {
  return refuse(
    'LK-PER-006',
    'There is no such person. See the list of people for the ids that are there.',
  );
}
