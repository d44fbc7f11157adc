import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { faces, codes, face, rules, Scene } from './saga.fixtures.js';

const ada = ['ada'];
const identified = () => new Scene().seesTimes(3, ada);
const checking = () => identified().shows('code-1');
const wrong = { person: 'ada', wrongCount: 1, remaining: 4 };

describe('idle', () => {
  it('a face of good size and quality → identifying, a new attempt', () => {
    const scene = new Scene().sees(ada);
    expect(scene.state).toBe('identifying');
    expect(scene.told).toEqual(['access.started']);
  });

  it('nobody, or a face that is too small → no change', () => {
    const scene = new Scene();
    const before = scene.door;
    scene.sees(null).sees(ada, { usable: false });
    expect(scene.door).toBe(before);
    expect(scene.owed).toEqual([]);
  });
});

describe('identifying', () => {
  it('3 of 5 agree, live → awaiting code; the name may be shown', () => {
    const scene = new Scene().sees(ada).sees([]).sees(ada).sees([]).sees(ada);
    expect(scene.state).toBe('awaiting-code');
    expect(scene.data('identified')).toMatchObject({
      candidates: [{ person: 'ada' }],
      clear: true,
      deadline: scene.now + 30_000,
    });
    expect(scene.owed.at(-1)).toMatchObject({ do: 'show', person: 'ada' });
  });

  it('3 of 5 agree on the same few → the code decides, no name is shown', () => {
    const scene = new Scene().seesTimes(3, ['ada', 'bob']);
    expect(scene.data('identified')).toMatchObject({
      candidates: [{ person: 'ada' }, { person: 'bob' }],
      clear: false,
    });
    expect(scene.owed.at(-1)).toMatchObject({ do: 'show', person: null });
  });

  it('2 of 5 agree → no decision', () => {
    expect(new Scene().sees(ada).sees([]).sees(['bob']).sees([]).sees(ada).state).toBe(
      'identifying',
    );
  });

  it('3 of 5 unknown → the photograph kept, then denied (unknown)', () => {
    const scene = new Scene().seesTimes(3, []);
    expect(scene.state).toBe('settled');
    const evidence = `north.${String(scene.data('denied')['attempt'])}`;
    expect(scene.owed.slice(-3)).toMatchObject([
      { do: 'keep-photograph', to: evidence },
      { do: 'publish', data: { reason: 'unknown', evidence } },
      { do: 'show', display: { phase: 'denied', reason: 'unknown' } },
    ]);
  });

  it('3 of 5 unknown, no picture yet → the denial waits for one, at most 2 s', () => {
    const scene = new Scene();
    const frame = () => {
      scene.wait(250);
      const seen = faces(scene.now, [face([])], { snapshot: null });
      scene.tell({ on: 'faces', seen, freshAttempt: randomUUID() });
    };
    for (let at = 0; at < 8; at++) frame();
    expect(scene.state).toBe('identifying');
    frame();
    expect(scene.data('denied')).toMatchObject({ reason: 'unknown', evidence: null });
  });

  it('3 of 5 not live → denied (not live), alarm', () => {
    const scene = new Scene().seesTimes(3, ada, { liveness: 0.2 });
    expect(scene.told).toEqual(['access.started', 'access.denied', 'alarm.not-live']);
    expect(scene.data('not-live')).toMatchObject({ person: 'ada' });
  });

  it('liveness that was not judged says nothing, unless the door is set to do without', () => {
    expect(new Scene().seesTimes(9, ada, { liveness: null }).state).toBe('identifying');
    expect(new Scene({ liveness: 'off' }).seesTimes(3, ada, { liveness: null }).state).toBe(
      'awaiting-code',
    );
  });

  it('two people near the camera → one at a time, please; nothing counts meanwhile', () => {
    const scene = new Scene().sees(ada).sees(ada);
    for (let at = 0; at < 5; at++) {
      scene.wait(250);
      const seen = faces(scene.now, [face(ada), face(['bob'])]);
      scene.tell({ on: 'faces', seen, freshAttempt: randomUUID() });
    }
    expect(scene.state).toBe('identifying');
    expect(scene.shown).toMatchObject({ hint: 'one-at-a-time' });
    expect(scene.sees(ada).state).toBe('awaiting-code');
  });

  it('a smaller face behind is no second person', () => {
    const scene = new Scene();
    const behind = face(['bob'], { box: { x: 0, y: 0, width: 100, height: 120 } });
    for (let at = 0; at < 3; at++) {
      scene.wait(250);
      const seen = faces(scene.now, [face(ada), behind]);
      scene.tell({ on: 'faces', seen, freshAttempt: randomUUID() });
    }
    expect(scene.state).toBe('awaiting-code');
  });

  it('10 s → expired', () => {
    const scene = new Scene().sees(ada);
    expect(scene.wait(9_999).state).toBe('identifying');
    expect(scene.wait(1).data('expired')).toMatchObject({ during: 'identifying' });
  });
});

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
    expect(scene.shown).toMatchObject({ hint: 'new-code-on-its-way' });
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

  it('a showing counts once, until it was unseen for 1 s', () => {
    const scene = checking().answers('wrong', wrong);
    for (let at = 0; at < 6; at++) scene.wait(200).shows('code-1');
    expect(scene.questions).toBe(1);
    scene.sees(ada).wait(1_000).shows('code-1');
    expect(scene.questions).toBe(2);
  });

  it('the 5th wrong → denied (wrong code), photograph kept, alarm, locked', () => {
    const lockedUntil = 1_790_000_400_000;
    const scene = checking();
    scene.answers('wrong', { person: 'ada', wrongCount: 5, remaining: 0, lockedUntil });
    expect(scene.owed.slice(-4)).toMatchObject([
      { do: 'keep-photograph' },
      { do: 'publish', data: { reason: 'wrong-code', person: 'ada', lockedUntil } },
      { do: 'publish', type: 'lk.v1.alarm.wrong-code', data: { lockedUntil } },
      { do: 'show', display: { reason: 'wrong-code' } },
    ]);
  });

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

  it('an answer for another attempt or frame, or a grant for no candidate → no change', () => {
    const scene = checking();
    const before = scene.door;
    const { attempt, frame } = scene.question();
    const granted = { outcome: 'granted', person: 'ada' } as const;
    const facts = { wrongCount: 0, remaining: 0, lockedUntil: null, used: true, ...granted };
    scene.tell({ on: 'code-checked', attempt: randomUUID(), frame, answer: facts });
    scene.tell({ on: 'code-checked', attempt, frame: randomUUID(), answer: facts });
    scene.answers('granted', { person: 'bob' });
    expect(scene.door).toBe(before);
  });
});

describe('settled', () => {
  it('no face for 2 s → idle', () => {
    const scene = identified().tell({ on: 'cancel' }).wait(1_900);
    expect(scene.state).toBe('settled');
    expect(scene.wait(600).state).toBe('idle');
    expect(scene.shown).toMatchObject({ phase: 'idle', attempt: null });
  });

  it('10 s, though someone stays → idle', () => {
    const scene = identified().tell({ on: 'cancel' }).seesTimes(39, ada);
    expect(scene.state).toBe('settled');
    expect(scene.wait(250).state).toBe('idle');
  });
});

describe('out of service', () => {
  it('an attempt ends, and nothing else happens until it is lifted', () => {
    const scene = identified().tell({ on: 'policy', rules: { ...rules, outOfService: true } });
    expect(scene.told.at(-1)).toBe('access.expired');
    expect(scene.shown).toMatchObject({ phase: 'out-of-service' });
    const { length } = scene.owed;
    expect(scene.seesTimes(5, ada).owed).toHaveLength(length);
    scene.tell({ on: 'policy', rules });
    expect(scene.shown).toMatchObject({ phase: 'idle' });
  });

  it('a door without a policy is closed', () => {
    expect(identified().tell({ on: 'policy', rules: null }).seesTimes(5, ada).state).toBe(
      'out-of-service',
    );
  });
});

describe('any state', () => {
  it.each([
    ['another door', { door: 'south' }],
    ['another camera', { camera: 'side' }],
    ['a frame older than 3 s', { capturedAt: 0 }],
    ['a frame ahead of the clock', { capturedAt: 9_999_999_999_999 }],
  ])('%s → no change', (_, facts) => {
    const scene = new Scene().sees(ada);
    const before = scene.door;
    const seen = faces(scene.now, [face(ada)], facts);
    scene.tell({ on: 'faces', seen, freshAttempt: randomUUID() });
    expect(scene.door).toBe(before);
  });

  it('an observation that comes twice counts once', () => {
    const scene = new Scene().sees(ada);
    const seen = faces(scene.now, [face(ada)]);
    for (let at = 0; at < 5; at++) {
      scene.tell({ on: 'faces', seen, freshAttempt: randomUUID() });
    }
    expect(scene.state).toBe('identifying');
  });

  it('a deadline holds though its timer is late', () => {
    const scene = checking();
    scene.now += 2_000;
    scene.answers('granted', { person: 'ada' });
    expect(scene.told.at(-1)).toBe('access.expired');
  });
});
