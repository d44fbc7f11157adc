import { codeIssued, codeLocked, codeNotice, codeUsed } from '@latchkey/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { member, NOW, operation, owedTypes } from './people.fixture.js';
import { describePerson, type LivingPerson } from './person.pure.js';
import { LOCKS_MS, WRONG_MAX, WRONG_WINDOW_MS } from './slowing.pure.js';
import { showWrong, useOf } from './use-code.fixture.js';
import { decideUse } from './use-code.pure.js';

const [LOCK_MS] = LOCKS_MS;

describe('a code that is shown', () => {
  const ada = member('ada');
  const bob = member('bob');

  it('opens for its owner, is replaced in the same write, and its mail is owed', () => {
    const { reply, writes } = decideUse(ada, [ada, bob], useOf(), operation());
    expect(reply).toMatchObject({ outcome: 'granted', person: 'ada' });
    expect(writes).toHaveLength(1);
    expect(writes[0]).toMatchObject({ id: 'ada', code: { digest: 'next', reason: 'granted' } });
    expect(owedTypes(writes[0] ?? ada)).toEqual([codeUsed.type, codeIssued.type, codeNotice.type]);
    expect(describePerson(ada, NOW).codeUsedAt).toBe(0);
    expect(describePerson(writes[0] ?? ada, NOW).codeUsedAt).toBe(NOW);
  });

  it('gets the same answer again in the same attempt, and nothing is written', () => {
    const [used] = decideUse(ada, [ada], useOf(), operation()).writes;
    for (const frame of ['f1', 'f2']) {
      const again = decideUse(null, [used ?? ada], useOf({ frame }), operation(NOW + 500));
      expect(again).toMatchObject({ reply: { outcome: 'granted', person: 'ada' }, writes: [] });
    }
  });

  it('is wrong in any other attempt once it is used', () => {
    const [used] = decideUse(ada, [ada], useOf(), operation()).writes;
    const other = decideUse(null, [used ?? ada], useOf({ attempt: 'a2' }), operation());
    expect(other.reply).toMatchObject({ outcome: 'wrong', wrongCount: 1, remaining: 4 });
  });

  it('stays unused after its time, and the answer says whether this attempt had used it', () => {
    const late = useOf({ notAfter: NOW });
    expect(decideUse(ada, [ada], late, operation())).toMatchObject({
      reply: { outcome: 'too-late', used: false },
      writes: [],
    });
    const [used] = decideUse(ada, [ada], useOf(), operation(NOW - 1)).writes;
    expect(decideUse(null, [used ?? ada], late, operation())).toMatchObject({
      reply: { outcome: 'too-late', used: true, person: 'ada' },
      writes: [],
    });
  });

  it('opens nothing by a document that says another code is valid, whatever the store found', () => {
    const found = member('ada', {
      code: { digest: 'newer', issuedAt: NOW, reason: 'granted', expiresAt: null },
    });
    expect(decideUse(found, [found], useOf(), operation()).reply.outcome).toBe('wrong');
  });

  it("is left as it was where its owner isn't among the candidates", () => {
    const decision = decideUse(ada, [bob], useOf(), operation());
    expect(decision).toMatchObject({ reply: { outcome: 'mismatch', person: 'bob' }, writes: [] });
  });

  it.each([
    ['suspended', member('ada', { state: 'suspended' })],
    [
      'expired',
      member('ada', { code: { digest: 'x', issuedAt: 0, reason: 'granted', expiresAt: NOW } }),
    ],
  ] as const)('is refused as %s, unused', (outcome, person) => {
    const use = useOf({ digest: person.code?.digest ?? '' });
    expect(decideUse(person, [person], use, operation())).toMatchObject({
      reply: { outcome, person: 'ada' },
      writes: [],
    });
  });
});

describe('wrong codes', () => {
  it('lock the named person at that door with the fifth, for five minutes, and only there', () => {
    const { person, reply } = showWrong(member('ada'), WRONG_MAX, 0);
    expect(reply).toMatchObject({
      outcome: 'wrong',
      wrongCount: 5,
      remaining: 0,
      lockedUntil: NOW + LOCK_MS,
    });
    expect(owedTypes(person)).toEqual([codeLocked.type]);
    const right = (door: string, now: number) =>
      decideUse(person, [person], useOf({ door }), operation(now)).reply.outcome;
    expect(right('north', NOW + LOCK_MS - 1)).toBe('locked');
    expect(right('south', NOW)).toBe('granted');
    expect(right('north', NOW + LOCK_MS)).toBe('granted');
  });

  it('answer the fifth showing again as they did, and others as locked', () => {
    const { person, reply } = showWrong(member('ada'), WRONG_MAX, 0);
    const fifth = useOf({ attempt: 'w4', digest: 'wrong-4' });
    expect(decideUse(null, [person], fifth, operation())).toEqual({ reply, writes: [] });
    const other = useOf({ attempt: 'w9', digest: 'wrong-9' });
    expect(decideUse(null, [person], other, operation()).reply.outcome).toBe('locked');
  });

  it('count once for the same showing, however often it is asked about', () => {
    const use = useOf({ digest: 'wrong' });
    const first = decideUse(null, [member('ada')], use, operation());
    const again = decideUse(null, first.writes, use, operation(NOW + 10));
    expect(again).toEqual({ reply: first.reply, writes: [] });
  });

  it('count again when the same code is shown again, and lock with its fifth showing', () => {
    let ada = member('ada');
    const counts = [1, 2, 3, 4, 5].map((n) => {
      const use = useOf({ digest: 'wrong', frame: `f${n}` });
      const { reply, writes } = decideUse(null, [ada], use, operation(NOW + n));
      ada = writes[0] ?? ada;
      return reply.wrongCount;
    });
    expect(counts).toEqual([1, 2, 3, 4, 5]);
    expect(ada.locks).toMatchObject([{ door: 'north', by: { frame: 'f5' } }]);
  });

  it('count for ten minutes', () => {
    const { person } = showWrong(member('ada'), 4, 0);
    const fifth = (now: number) =>
      decideUse(null, [person], useOf({ digest: 'wrong' }), operation(now)).reply.wrongCount;
    expect(fifth(NOW + WRONG_WINDOW_MS - 1)).toBe(5);
    expect(fifth(NOW + WRONG_WINDOW_MS)).toBe(1);
  });

  it('count against every candidate where the face is not clear, and lock none of them', () => {
    let people = [member('ada'), member('bob')];
    for (let n = 0; n < 7; n += 1) {
      const use = useOf({ attempt: `w${n}`, digest: `wrong-${n}` });
      const decision = decideUse(null, people, use, operation());
      expect(decision.reply).toMatchObject({ outcome: 'wrong', person: '', lockedUntil: 0 });
      people = people.map((person) => decision.writes.find(({ id }) => id === person.id) ?? person);
    }
    expect(people.map(({ locks, wrong }) => [locks.length, wrong.length])).toEqual([
      [0, 5],
      [0, 5],
    ]);
  });

  it('are forgotten at a door once the right one was shown there', () => {
    const { person } = showWrong(member('ada'), 3);
    expect(decideUse(person, [person], useOf(), operation()).writes[0]?.wrong).toEqual([]);
  });
});

describe('whatever is shown, in whatever order', () => {
  const step = fc.record({
    attempt: fc.constantFrom('a1', 'a2', 'a3'),
    door: fc.constantFrom('north', 'south'),
    shown: fc.constantFrom('valid', 'used', 'junk-1', 'junk-2', 'junk-3', 'of-another'),
    waitMs: fc.integer({ min: 0, max: 60_000 }),
    isLate: fc.boolean(),
    isConflict: fc.boolean(),
  });

  type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

  /** Shows codes to ada's face, one step after the other, and lists the grants that were stored or answered again. */
  function grantsOf(steps: readonly Step[]) {
    let ada = member('ada');
    let now = NOW;
    return steps.flatMap(({ attempt, door, shown, waitMs, isLate, isConflict }, index) => {
      now += waitMs;
      const digest = digestOf(shown, ada);
      const owner = [ada, member('bob')].find((person) => person.code?.digest === digest) ?? null;
      const fresh = { digest: `fresh-${index}`, sealed: 'S' };
      const use = useOf({ attempt, door, digest, notAfter: isLate ? now : now + 1, fresh });
      const { reply, writes } = decideUse(owner, [ada], use, operation(now));
      const isLocked = ada.locks.some((lock) => lock.door === door && lock.until > now);
      // A write that lost against another's is as if it had never been.
      if (!isConflict) ada = writes[0] ?? ada;
      if (reply.outcome !== 'granted' || (isConflict && writes.length > 0)) return [];
      return [
        { digest, by: `${attempt}@${door}`, isLate, isLocked: isLocked && writes.length > 0 },
      ];
    });
  }

  function digestOf(shown: string, ada: LivingPerson): string {
    if (shown === 'valid') return ada.code?.digest ?? '';
    if (shown === 'used') return ada.lastUse?.digest ?? 'none';
    return shown === 'of-another' ? 'code-of-bob' : shown;
  }

  it("each code opens for one attempt at one door, in time, not while locked, and never another's", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const grants = grantsOf(steps);
        expect(grants.filter(({ isLate, isLocked }) => isLate || isLocked)).toEqual([]);
        expect(grants.filter(({ digest }) => digest === 'code-of-bob')).toEqual([]);
        const uses = new Set(grants.map(({ digest, by }) => `${digest} ${by}`));
        expect(uses.size).toBe(new Set(grants.map(({ digest }) => digest)).size);
      }),
      { numRuns: 2_000 },
    );
  });
});
