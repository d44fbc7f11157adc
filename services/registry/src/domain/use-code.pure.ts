import { codeLocked, codeNotice, codeUsed } from '@latchkey/contracts';
import type { UseCodeReply } from '@latchkey/contracts/grpc';
import { lockMsOf, WRONG_MAX, WRONG_WINDOW_MS, waitMsOf, withLockout } from './slowing.pure.js';
import { type FreshCode, type Operation, owedAudit, owedCode, owedEvent } from './outbox.pure.js';
import { type LivingPerson, lockAt, owing, type Showing, validCode } from './person.pure.js';

/** A code that is shown at a door in an attempt. */
export interface CodeUse {
  readonly attempt: string;
  readonly door: string;
  /** The keyed digest of what was shown. */
  readonly digest: string;
  /** The frame in which this showing began; asked again, it is the same. */
  readonly frame: string;
  /** From then on it is refused, the code unused. */
  readonly notAfter: number;
  /** When who stands there was named, or last refused in this attempt. */
  readonly waitsSince: number;
  /** The owner's next code, should the use be granted. */
  readonly fresh: FreshCode;
  /** How long the next code is good for; `null`: until it is used. */
  readonly codeLifeMs: number | null;
}

/** What to answer, and the people to write, each only if unchanged since it was read. */
export interface UseDecision {
  readonly reply: UseCodeReply;
  readonly writes: readonly LivingPerson[];
}

/**
 * Decides a use. Asked again it gives the same answer and writes nothing: a grant to the same attempt and digest, a wrong
 * showing to the same frame too, for the same wrong code shown once more counts once more.
 * @param owner whose valid code the store says it is, if anyone's
 * @param candidates whom the face may be, best first; the owner among them, where so
 */
export function decideUse(
  owner: LivingPerson | null,
  candidates: readonly LivingPerson[],
  use: CodeUse,
  op: Operation,
): UseDecision {
  const used = candidates.find((person) => isSameCode(person.lastUse, use));
  if (op.now >= use.notAfter) {
    return answer({
      outcome: 'too-late',
      person: used?.id ?? only(candidates),
      used: Boolean(used),
      duress: isDuress(used),
    });
  }
  if (used) return answer({ outcome: 'granted', person: used.id, duress: isDuress(used) });
  const notBefore = use.waitsSince + waitMsOf(candidates, use.door, op.now);
  if (op.now < notBefore && !candidates.some((person) => isCounted(person, use))) {
    return answer({ outcome: 'wait', person: only(candidates), notBefore });
  }
  // What the store found is looked at again: a code opens only by the document that is written.
  const shown = owner && codeShown(owner, use.digest);
  if (!shown) return countWrong(candidates, use, op);
  if (!candidates.some((person) => person.id === owner.id)) {
    return answer({ outcome: 'mismatch', person: only(candidates) });
  }
  return useOwn(owner, shown, use, op);
}

/** The owner shows their valid code, or their duress code: opens unless something holds it back. */
function useOwn(
  owner: LivingPerson,
  { expiresAt, duress }: ShownOwn,
  use: CodeUse,
  op: Operation,
): UseDecision {
  const whose = { person: owner.id, duress };
  if (owner.state === 'suspended') return answer({ outcome: 'suspended', ...whose });
  const lock = lockAt(owner, use.door, op.now);
  if (lock) return answer({ outcome: 'locked', ...whose, lockedUntil: lock.until });
  if (expiresAt !== null && op.now >= expiresAt) return answer({ outcome: 'expired', ...whose });
  return answer({ outcome: 'granted', ...whose }, [grant(owner, duress, use, op)]);
}

/** One of a person's own codes, as it is shown. */
interface ShownOwn {
  readonly expiresAt: number | null;
  readonly duress: boolean;
}

function codeShown({ code, duress }: LivingPerson, digest: string): ShownOwn | null {
  if (code?.digest === digest) return { expiresAt: code.expiresAt, duress: false };
  return duress?.digest === digest ? { expiresAt: duress.expiresAt, duress: true } : null;
}

function isDuress(used: LivingPerson | undefined): boolean {
  return used?.lastUse?.duress ?? false;
}

/** A duress code is used up and the ordinary one replaced all the same: what is told and mailed is as of any entry. */
function grant(owner: LivingPerson, duress: boolean, use: CodeUse, op: Operation): LivingPerson {
  const { attempt, door, digest, frame, fresh, codeLifeMs } = use;
  const { id: person } = owner;
  const next: LivingPerson = {
    ...owner,
    code: validCode(fresh.digest, 'granted', codeLifeMs, op),
    ...(duress && owner.duress ? { duress: { ...owner.duress, digest: null } } : {}),
    lastUse: { attempt, door, digest, frame, at: op.now, duress },
    wrong: owner.wrong.filter((showing) => showing.door !== door),
    lockouts: owner.lockouts?.filter((lockout) => lockout.door !== door) ?? [],
  };
  return owing(next, [
    owedAudit(op, 'code.used', { person, door }),
    owedEvent(op, codeUsed, {}, { person, at: op.now, door, attempt }),
    ...owedCode(op, codeNotice, { person, reason: 'granted', door, sealed: fresh.sealed }),
  ]);
}

/** Nobody's valid code: counts against each candidate at that door; one who is named alone is locked by the fifth. */
function countWrong(candidates: readonly LivingPerson[], use: CodeUse, op: Operation): UseDecision {
  const named = candidates.length === 1 ? candidates[0] : undefined;
  const lock = named && lockAt(named, use.door, op.now);
  if (named && lock && !isSameShowing(lock.by, use)) {
    return answer({ outcome: 'locked', person: named.id, lockedUntil: lock.until });
  }
  const counts = candidates.map((person) => countOne(person, use, op, person === named));
  const wrongCount = Math.max(1, ...counts.map(({ count }) => count));
  return answer(
    {
      outcome: 'wrong',
      person: named?.id ?? '',
      wrongCount,
      remaining: Math.max(0, WRONG_MAX - wrongCount),
      lockedUntil: counts.length === 1 ? (counts[0]?.lockedUntil ?? 0) : 0,
    },
    counts.flatMap(({ next }) => (next ? [next] : [])),
  );
}

/** The showing counted for one person; `next` is missing where it was counted before. */
function countOne(
  person: LivingPerson,
  use: CodeUse,
  op: Operation,
  isNamed: boolean,
): { count: number; lockedUntil: number; next?: LivingPerson } {
  const lock = lockAt(person, use.door, op.now);
  if (lock) return { count: WRONG_MAX, lockedUntil: lock.until };
  const recent = person.wrong.filter((showing) => showing.at > op.now - WRONG_WINDOW_MS);
  const here = recent.filter((showing) => showing.door === use.door);
  if (here.some((showing) => isSameShowing(showing, use)))
    return { count: here.length, lockedUntil: 0 };
  const { attempt, door, digest, frame } = use;
  const showing = { attempt, door, digest, frame, at: op.now };
  const count = here.length + 1;
  if (isNamed && count >= WRONG_MAX) return lockOut(person, showing, count, op);
  // More than the window needs are of no use: the newest decide.
  const kept = [...here, showing].slice(-WRONG_MAX);
  const others = recent.filter((other) => other.door !== use.door);
  return { count, lockedUntil: 0, next: { ...person, wrong: [...others, ...kept] } };
}

function lockOut(person: LivingPerson, by: Showing, count: number, op: Operation) {
  const until = op.now + lockMsOf(person, by.door, op.now);
  const facts = { person: person.id, door: by.door, until, at: op.now };
  const locked: LivingPerson = {
    ...person,
    wrong: person.wrong.filter((showing) => showing.door !== by.door),
    locks: [
      ...person.locks.filter((lock) => lock.door !== by.door && lock.until > op.now),
      { door: by.door, until, by },
    ],
    lockouts: withLockout(person, by.door, op.now),
  };
  const next = owing(locked, [
    owedAudit(op, 'code.locked', {
      person: person.id,
      door: by.door,
      after: { lockedUntil: until },
    }),
    owedEvent(op, codeLocked, {}, facts),
  ]);
  return { count, lockedUntil: until, next };
}

function isSameCode(showing: Showing | null, use: CodeUse): boolean {
  return (
    showing?.attempt === use.attempt && showing.digest === use.digest && showing.door === use.door
  );
}

/** Whether this very showing was found wrong before. */
function isCounted(person: LivingPerson, use: CodeUse): boolean {
  return [...person.wrong, ...person.locks.map(({ by }) => by)].some((showing) =>
    isSameShowing(showing, use),
  );
}

function isSameShowing(showing: Showing, use: CodeUse): boolean {
  return isSameCode(showing, use) && showing.frame === use.frame;
}

function only(candidates: readonly LivingPerson[]): string {
  return candidates.length === 1 ? (candidates[0]?.id ?? '') : '';
}

function answer(
  reply: Partial<UseCodeReply> & { outcome: Outcome },
  writes: readonly LivingPerson[] = [],
): UseDecision {
  const counts = { wrongCount: 0, remaining: 0 };
  const blank = { person: '', ...counts, lockedUntil: 0, notBefore: 0 };
  return { reply: { ...blank, used: false, duress: false, ...reply }, writes };
}

type Outcome =
  | 'granted'
  | 'wrong'
  | 'mismatch'
  | 'suspended'
  | 'locked'
  | 'expired'
  | 'too-late'
  | 'wait';
