import {
  codeIssued,
  codeNotice,
  codeUnlocked,
  personDeleted,
  personEnrolled,
  personSuspended,
} from '@latchkey/contracts';
import { describe, expect, it } from 'vitest';
import { owedEvent } from './outbox.pure.js';
import { member, NOW, operation, owedTypes } from './people.fixture.js';
import {
  deletePerson,
  liftLock,
  REQUEST_PAUSE_MS,
  REQUEST_WINDOW_MS,
  reissueCode,
  resumePerson,
  suspendPerson,
} from './person-life.pure.js';

const fresh = { digest: 'new', sealed: 'SEALED' };
const showing = { attempt: 'a', door: 'north', digest: 'd', frame: 'f', at: NOW };

describe('a person', () => {
  it('is suspended once and resumed once', () => {
    const suspended = suspendPerson(member('ada'), operation());
    expect(suspended).toMatchObject({ ok: true, next: { state: 'suspended' } });
    if (!suspended.ok) return;
    expect(owedTypes(suspended.next)).toEqual([personSuspended.type]);
    expect(suspendPerson(suspended.next, operation())).toMatchObject({ next: suspended.next });
    expect(resumePerson(suspended.next, operation())).toMatchObject({
      next: { state: 'enrolled' },
    });
  });

  it('must be there and enrolled', () => {
    expect(suspendPerson(null, operation())).toMatchObject({ code: 'LK-PER-006' });
    const draft = member('ada', { state: 'draft' });
    expect(suspendPerson(draft, operation())).toMatchObject({ code: 'LK-PER-007' });
    const suspended = member('ada', { state: 'suspended' });
    expect(reissueCode(suspended, 'reissued', fresh, null, operation())).toMatchObject({
      code: 'LK-PER-007',
    });
  });

  it('gets a new code, and a mail of the void one that waits is not sent', () => {
    const stale = owedEvent(
      operation(NOW - 1),
      codeNotice,
      {},
      { person: 'ada', reason: 'granted', door: null, sealed: 'OLD', at: NOW },
    );
    const decision = reissueCode(
      member('ada', { outbox: [stale] }),
      'reissued',
      fresh,
      null,
      operation(),
    );
    if (!decision.ok) throw new Error(decision.message);
    expect(decision.next.code).toMatchObject({ digest: 'new', reason: 'reissued' });
    expect(owedTypes(decision.next)).toEqual([codeIssued.type, codeNotice.type]);
    expect(JSON.stringify(decision.next)).not.toContain('OLD');
  });

  it('may ask for a code once a minute and five times an hour; an operator may at any time', () => {
    let ada = member('ada');
    const ask = (now: number, reason: 'requested' | 'reissued' = 'requested') => {
      const decision = reissueCode(ada, reason, fresh, null, operation(now));
      if (decision.ok) ada = decision.next;
      return decision;
    };
    expect(ask(NOW).ok).toBe(true);
    expect(ask(NOW + REQUEST_PAUSE_MS - 1)).toMatchObject({ code: 'LK-COD-001', retryAfterMs: 1 });
    expect(ask(NOW + 1, 'reissued').ok).toBe(true);
    for (let n = 1; n < 5; n += 1) expect(ask(NOW + n * REQUEST_PAUSE_MS).ok).toBe(true);
    expect(ask(NOW + 10 * REQUEST_PAUSE_MS)).toMatchObject({ code: 'LK-COD-001' });
    expect(ask(NOW + REQUEST_WINDOW_MS).ok).toBe(true);
  });

  it('is let in again at a door whose lock is lifted', () => {
    const locks = [
      { door: 'north', until: NOW + 1, by: showing },
      { door: 'south', until: NOW + 1, by: showing },
    ];
    const decision = liftLock(member('ada', { locks, wrong: [showing] }), 'north', operation());
    if (!decision.ok) throw new Error(decision.message);
    expect(decision.next).toMatchObject({ wrong: [], locks: [{ door: 'south' }] });
    expect(owedTypes(decision.next)).toEqual([codeUnlocked.type]);
  });

  it('leaves an id and what is owed when forgotten, but no mail of a code', () => {
    const owed = [
      owedEvent(operation(), personEnrolled, {}, { person: 'ada', at: NOW }),
      owedEvent(
        operation(),
        codeNotice,
        {},
        { person: 'ada', reason: 'registered', door: null, sealed: 'X', at: NOW },
      ),
    ];
    const decision = deletePerson(member('ada', { outbox: owed }), { receipt: 'R-1' }, operation());
    if (!decision.ok) throw new Error(decision.message);
    expect(Object.keys(decision.next).toSorted()).toEqual(['id', 'outbox', 'state']);
    expect(owedTypes(decision.next)).toEqual([personEnrolled.type, personDeleted.type]);
    expect(deletePerson(decision.next, { receipt: 'R-2' }, operation())).toMatchObject({
      code: 'LK-PER-006',
    });
  });
});
