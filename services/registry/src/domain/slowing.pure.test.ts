import { describe, expect, it } from 'vitest';
import { member, NOW, operation } from './people.fixture.js';
import type { LivingPerson } from './person.pure.js';
import { LOCKS_MS, WAITS_MS, WRONG_MAX, WRONG_WINDOW_MS } from './slowing.pure.js';
import { showWrong, useOf } from './use-code.fixture.js';
import { decideUse } from './use-code.pure.js';

const [LOCK_MS] = LOCKS_MS;
const DAY_MS = 24 * 60 * 60 * 1_000;

describe('lockouts at a door', () => {
  /** Locks ada out at that time, and returns her and how long it lasts. */
  function lockedOut(person: LivingPerson, at: number, door = 'north') {
    let current = person;
    for (let n = 0; n < WRONG_MAX; n += 1) {
      const use = useOf({ door, attempt: `w${n}`, digest: `wrong-${n}`, frame: `f${at}-${n}` });
      current = decideUse(null, [current], use, operation(at)).writes[0] ?? current;
    }
    const lock = current.locks.find((one) => one.door === door && one.until > at);
    return { person: current, lastsMs: (lock?.until ?? at) - at };
  }

  it('last 5, then 15, then 60 minutes within a day, and no longer', () => {
    let [ada, at] = [member('ada'), NOW];
    const lasted = [1, 2, 3, 4].map(() => {
      const { person, lastsMs } = lockedOut(ada, at);
      [ada, at] = [person, at + lastsMs];
      return lastsMs / 60_000;
    });
    expect(lasted).toEqual([5, 15, 60, 60]);
  });

  it('last 5 minutes again a day later, at another door, and once the door has opened to the person', () => {
    const { person } = lockedOut(member('ada'), NOW);
    expect(lockedOut(person, NOW + DAY_MS).lastsMs).toBe(LOCK_MS);
    expect(lockedOut(person, NOW + LOCK_MS, 'south').lastsMs).toBe(LOCK_MS);
    const later = operation(NOW + LOCK_MS);
    const entered = decideUse(person, [person], useOf(), later).writes[0] ?? person;
    expect(lockedOut(entered, NOW + LOCK_MS).lastsMs).toBe(LOCK_MS);
  });

  it('stay as long as they are where another door opens', () => {
    const { person } = lockedOut(member('ada'), NOW);
    const elsewhere = useOf({ door: 'south' });
    const entered = decideUse(person, [person], elsewhere, operation(NOW)).writes[0] ?? person;
    expect(lockedOut(entered, NOW + LOCK_MS).lastsMs).toBe(LOCKS_MS[1]);
  });
});

describe('wrong codes at other doors', () => {
  /** Ada, as whom so many wrong codes were shown, each at a door of its own. */
  function guessedAt(doors: number): LivingPerson {
    let ada = member('ada');
    for (let n = 0; n < doors; n += 1) {
      const use = useOf({ door: `door-${n}`, digest: `wrong-${n}` });
      ada = decideUse(null, [ada], use, operation()).writes[0] ?? ada;
    }
    return ada;
  }

  it('make a code wait for 0, 1, 2, 4, 8 s, right or wrong, and never longer', () => {
    const waits = [0, 1, 2, 3, 4, 20].map((doors) => {
      const ada = guessedAt(doors);
      const use = useOf({ waitsSince: NOW });
      const right = decideUse(ada, [ada], use, operation());
      const wrong = decideUse(null, [ada], { ...use, digest: 'wrong' }, operation());
      expect(wrong.reply.notBefore).toBe(right.reply.notBefore);
      return right.reply.outcome === 'wait' ? (right.reply.notBefore - NOW) / 1_000 : 0;
    });
    expect(waits).toEqual([0, 1, 2, 4, 8, 8]);
  });

  it('keep nobody out: once it has waited, the code opens, whatever was shown elsewhere meanwhile', () => {
    const ada = guessedAt(20);
    const use = useOf({ waitsSince: NOW });
    const waited = operation(NOW + Math.max(...WAITS_MS));
    expect(decideUse(ada, [ada], use, waited).reply.outcome).toBe('granted');
  });

  it('weigh as much once they have locked the person there', () => {
    const { person } = showWrong(member('ada'), WRONG_MAX, 0);
    const south = useOf({ door: 'south', waitsSince: NOW });
    const { reply, writes } = decideUse(person, [person], south, operation());
    expect([reply.outcome, reply.notBefore, writes]).toEqual(['wait', NOW + 8_000, []]);
  });

  it('do not make who is locked here wait to be told', () => {
    const { person } = showWrong(guessedAt(4), WRONG_MAX, 0);
    const { reply } = decideUse(person, [person], useOf({ waitsSince: NOW }), operation());
    expect(reply.outcome).toBe('locked');
  });

  it('do not change what a wrong showing was answered, asked again', () => {
    const wrong = useOf({ digest: 'wrong', waitsSince: NOW });
    const [counted] = decideUse(null, [member('ada')], wrong, operation()).writes;
    const elsewhere = useOf({ door: 'south', digest: 'other', frame: 'f9' });
    const [ada] = decideUse(null, [counted ?? member('ada')], elsewhere, operation()).writes;
    const again = decideUse(null, [ada ?? member('ada')], wrong, operation());
    expect(again.reply).toMatchObject({ outcome: 'wrong', wrongCount: 1 });
  });

  it('count for ten minutes', () => {
    const ada = guessedAt(4);
    const at = (now: number) =>
      decideUse(ada, [ada], useOf({ waitsSince: now }), operation(now)).reply.outcome;
    expect(at(NOW + WRONG_WINDOW_MS - 1)).toBe('wait');
    expect(at(NOW + WRONG_WINDOW_MS)).toBe('granted');
  });
});
