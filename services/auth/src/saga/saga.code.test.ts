import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answer, codes, Scene } from './saga.fixtures.js';

const ada = ['ada'];
const identified = () => new Scene().seesTimes(3, ada);
const checking = () => identified().shows('code-1');
const wrong = { person: 'ada', wrongCount: 1, remaining: 4 };

describe('awaiting code', () => {
  it('a code in a frame ≤ 2 s old, a candidate seen ≤ 3 s before it → checking code', () => {
    const scene = checking();
    expect(scene.state).toBe('checking-code');
    expect(scene.question()).toMatchObject({ candidates: ada, notAfter: scene.now + 2_000 });
  });

  it('a code in a frame older than 2 s → no change', () => {
    const scene = identified();
    scene.tell({ on: 'codes', seen: codes(scene.now - 2_001, ['code-1']) });
    expect(scene.state).toBe('awaiting-code');
  });

  it("a candidate's face seen more than 3 s before the code → no change", () => {
    const scene = identified().wait(3_000);
    expect(scene.shows('code-1').state).toBe('awaiting-code');
    expect(scene.sees(ada).shows('code-1').state).toBe('checking-code');
  });

  it('of the short list, only those seen just before are asked for', () => {
    const scene = new Scene().seesTimes(3, ['ada', 'bob']).wait(2_900).sees(ada).wait(500);
    expect(scene.shows('code-1').question().candidates).toEqual(ada);
  });

  it('a code of another kind → a hint', () => {
    const scene = identified().shows(null);
    expect(scene.state).toBe('awaiting-code');
    expect(scene.shown).toMatchObject({ hint: 'not-our-code' });
  });

  it("another person's face, 3 of 5 → denied (mismatch), alarm", () => {
    const scene = identified().seesTimes(2, ['bob']);
    expect(scene.state).toBe('awaiting-code');
    scene.sees(['bob']);
    expect(scene.told.slice(-2)).toEqual(['access.denied', 'alarm.mismatch']);
    expect(scene.data('mismatch')).toMatchObject({ person: 'ada', by: 'face' });
  });

  it('cancel → abandoned', () => {
    expect(identified().tell({ on: 'cancel' }).data('abandoned')).toMatchObject({
      how: 'cancelled',
      person: 'ada',
    });
  });

  it('nobody there for 5 s → abandoned', () => {
    const scene = identified().wait(5_000);
    expect(scene.state).toBe('awaiting-code');
    expect(scene.wait(500).data('abandoned')).toMatchObject({ how: 'left' });
  });

  it('the deadline → expired', () => {
    const scene = identified();
    const { deadline } = scene.data('identified');
    while (scene.now < Number(deadline) - 250) scene.sees(ada);
    expect(scene.state).toBe('awaiting-code');
    scene.wait(250);
    expect(scene.data('expired')).toMatchObject({ during: 'awaiting-code', person: 'ada' });
  });

  it('a new code is wished → asked for once, and told', () => {
    const scene = identified().tell({ on: 'new-code' }).tell({ on: 'new-code' });
    const asked = scene.owed.filter((one) => one.do === 'send-new-code');
    expect(asked).toMatchObject([{ person: 'ada' }]);
    scene.tell({ on: 'new-code-answered', attempt: asked[0]?.attempt ?? '', outcome: 'sent' });
    expect(scene.shown).toMatchObject({ hint: 'new-code-on-its-way', newCodeSent: true });
  });

  it('a new code is wished where nobody is clearly ahead → no change', () => {
    const scene = new Scene().seesTimes(3, ['ada', 'bob']).tell({ on: 'new-code' });
    expect(scene.owed.some((one) => one.do === 'send-new-code')).toBe(false);
  });
});

describe('checking code', () => {
  it('used up in time → granted', () => {
    const scene = checking();
    scene.wait(40).answers('granted', { person: 'ada' });
    expect(scene.data('granted')).toMatchObject({
      person: 'ada',
      score: expect.closeTo(0.7, 9),
      expiresAt: scene.question().notAfter,
    });
    expect(scene.events.at(-1)?.id).toBe(`${scene.question().attempt}:outcome`);
    expect(scene.shown).toMatchObject({ phase: 'granted', hint: 'new-code-on-its-way' });
  });

  it('wrong → awaiting code, the 30 s run on, one more wrong', () => {
    const scene = checking();
    const { deadline } = scene.data('identified');
    scene.answers('wrong', wrong);
    expect(scene.state).toBe('awaiting-code');
    expect(scene.data('code-refused')).toMatchObject({ wrongCount: 1, remaining: 4 });
    expect(scene.shown).toMatchObject({ hint: 'wrong-code', remaining: 4, deadline });
    expect(scene.events.at(-1)?.id).toBe(`${scene.question().attempt}:refused:1`);
  });

  it('the 5th wrong → denied (wrong code), photograph kept, alarm, locked', () => {
    const lockedUntil = 1_790_000_400_000;
    const scene = checking();
    scene.answers('wrong', { person: 'ada', wrongCount: 5, remaining: 0, lockedUntil });
    expect(scene.owed.slice(-4)).toMatchObject([
      { do: 'keep-photograph' },
      { do: 'publish', data: { reason: 'wrong-code', person: 'ada', lockedUntil } },
      { do: 'publish', type: 'lk.v1.alarm.wrong-code', data: { lockedUntil } },
      { do: 'show', display: { reason: 'wrong-code', lockedUntil } },
    ]);
  });

  it('wrong codes as that person elsewhere → a wait that the attempt grows by, then the code in a newer frame', () => {
    const scene = checking();
    const { deadline } = scene.data('identified');
    const notBefore = scene.now + 2_000;
    scene.answers('wait', { person: 'ada', notBefore });
    expect(scene.state).toBe('awaiting-code');
    expect(scene.shown).toMatchObject({ hint: 'keep-showing', deadline: Number(deadline) + 2_000 });
    scene.wait(1_000).sees(ada).shows('code-1');
    expect([scene.state, scene.questions]).toEqual(['awaiting-code', 1]);
    scene.wait(1_000).sees(ada).shows('code-1');
    expect([scene.state, scene.questions]).toEqual(['checking-code', 2]);
    expect(scene.question()).toMatchObject({ capturedAt: scene.now, notAfter: scene.now + 2_000 });
    expect(scene.answers('granted', { person: 'ada' }).told.at(-1)).toBe('access.granted');
  });

  it('the wait counts from when the person was named, then from the last refusal', () => {
    const scene = checking();
    const named = scene.question().waitsSince;
    expect(named).toBeLessThanOrEqual(scene.now);
    const refusedAt = scene.answers('wrong', wrong).now;
    scene.wait(500).sees(ada).shows('code-2');
    expect(scene.question().waitsSince).toBe(refusedAt);
    expect(refusedAt).toBeGreaterThan(named);
  });

  it('the duress code → granted like any other, and after all that is seen an alarm for guards', () => {
    const scene = checking().wait(40).answers('granted', { person: 'ada', duress: true });
    const { owed } = checking().wait(40).answers('granted', { person: 'ada' });
    const told = scene.owed.slice(0, -1);
    const shapeOf = (one: object) => JSON.stringify(one).replaceAll(/[0-9a-f-]{36}/g, 'ID');
    expect(told.map(shapeOf)).toEqual(owed.map(shapeOf));
    expect(scene.owed.at(-1)).toMatchObject({
      type: 'lk.v1.alarm.duress',
      id: `${scene.question().attempt}:duress`,
      data: { person: 'ada', opened: true },
    });
  });

  it.each(['suspended', 'locked', 'expired'] as const)(
    'the duress code where it does not open (%s) → an alarm all the same',
    (outcome) => {
      const scene = checking().answers(outcome, { person: 'ada', duress: true });
      expect(scene.data('duress')).toMatchObject({ person: 'ada', opened: false });
    },
  );

  it("someone else's code → denied (mismatch), alarm", () => {
    const scene = checking().answers('mismatch');
    expect(scene.told.slice(-2)).toEqual(['access.denied', 'alarm.mismatch']);
    expect(scene.data('mismatch')).toMatchObject({ by: 'code', person: 'ada' });
  });

  it.each([
    ['suspended', 'suspended'],
    ['locked', 'locked'],
    ['expired', 'code-expired'],
  ] as const)('%s → denied, with the reason', (outcome, reason) => {
    expect(checking().answers(outcome).data('denied')).toMatchObject({ reason });
  });

  it('no answer → asked again, same attempt and code, until notAfter, then expired', () => {
    const scene = checking();
    const first = scene.question();
    scene.givesNoAnswer().wait(100);
    expect(scene.questions).toBe(2);
    expect(scene.question()).toEqual(first);
    scene.now = first.notAfter - 1;
    expect(scene.wait(0).state).toBe('checking-code');
    scene.wait(1);
    expect(scene.data('expired')).toMatchObject({ during: 'checking-code' });
  });

  it('the 30 s end meanwhile → the answer still counts until notAfter', () => {
    const scene = identified();
    while (scene.now < Number(scene.data('identified')['deadline']) - 300) scene.sees(ada);
    scene.shows('code-1').wait(1_000).answers('granted', { person: 'ada' });
    expect(scene.told.at(-1)).toBe('access.granted');
  });

  it.each(['granted', 'too-late'] as const)(
    'expired, but the code had been used up (%s) → a new one is on its way',
    (outcome) => {
      const scene = checking().wait(2_000).answers(outcome, { person: 'ada', used: true });
      expect(scene.told.at(-1)).toBe('access.expired');
      expect(scene.shown).toMatchObject({ phase: 'expired', hint: 'new-code-on-its-way' });
    },
  );

  it('an answer about another frame, or a grant for no candidate → no change', () => {
    const scene = checking();
    const before = scene.door;
    const { attempt } = scene.question();
    const granted = { outcome: 'granted', person: 'ada' } as const;
    const facts = { ...answer('granted', { used: true }), ...granted };
    scene.tell({ on: 'code-checked', attempt, frame: randomUUID(), answer: facts });
    scene.answers('granted', { person: 'bob' });
    expect(scene.door).toBe(before);
  });
});
