import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { faces, face, rules, Scene } from './saga.fixtures.js';

const ada = ['ada'];
const identified = () => new Scene().seesTimes(3, ada);
const checking = () => identified().shows('code-1');

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

  it('a face that is less alike than the door asks for → unknown there, though the gallery names it', () => {
    const alike = { candidates: [{ person: 'ada', score: 0.55 }] };
    const lax = new Scene({ matchThreshold: null }).seesTimes(3, ada, alike);
    const strict = new Scene({ matchThreshold: 0.6 }).seesTimes(3, ada, alike);
    expect([lax.state, strict.state]).toEqual(['awaiting-code', 'settled']);
    expect(strict.data('denied')).toMatchObject({ reason: 'unknown', person: null });
    // A door can ask for more than the gallery, and never for less: face has told of nobody.
    const nobody = new Scene({ matchThreshold: 0.45 }).seesTimes(3, []);
    expect(nobody.data('denied')).toMatchObject({ reason: 'unknown' });
  });

  it('a face that is less live than the door asks for → not live there', () => {
    const usual = new Scene().seesTimes(3, ada, { liveness: 0.8 });
    const strict = new Scene({ livenessThreshold: 0.9 }).seesTimes(3, ada, { liveness: 0.8 });
    expect([usual.state, strict.state]).toEqual(['awaiting-code', 'settled']);
    expect(strict.data('denied')).toMatchObject({ reason: 'not-live' });
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
      scene.tell({ on: 'faces', seen, freshAttempt: randomUUID(), freshAct: 'turn-left' });
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
      scene.tell({ on: 'faces', seen, freshAttempt: randomUUID(), freshAct: 'turn-left' });
    }
    expect(scene.state).toBe('identifying');
    expect(scene.shown).toMatchObject({ hint: 'one-at-a-time' });
    expect(scene.sees(ada).state).toBe('awaiting-code');
  });

  it('a frame of one person that comes late doesn’t undo that two are there now', () => {
    const scene = new Scene().sees(ada);
    const came = (ms: number, list: readonly ReturnType<typeof face>[]) => {
      const seen = faces(scene.now + ms, list);
      scene.tell({ on: 'faces', seen, freshAttempt: randomUUID(), freshAct: 'turn-left' });
    };
    came(100, [face(ada), face(['bob'])]);
    came(300, [face(ada), face(['bob'])]);
    came(200, [face(ada)]);
    expect(scene.shown).toMatchObject({ hint: 'one-at-a-time' });
  });

  it('a smaller face behind is no second person', () => {
    const scene = new Scene();
    const behind = face(['bob'], { box: { x: 0, y: 0, width: 100, height: 120 } });
    for (let at = 0; at < 3; at++) {
      scene.wait(250);
      const seen = faces(scene.now, [face(ada), behind]);
      scene.tell({ on: 'faces', seen, freshAttempt: randomUUID(), freshAct: 'turn-left' });
    }
    expect(scene.state).toBe('awaiting-code');
  });

  it('10 s → expired', () => {
    const scene = new Scene().sees(ada);
    expect(scene.wait(9_999).state).toBe('identifying');
    expect(scene.wait(1).data('expired')).toMatchObject({ during: 'identifying' });
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
    const scene = identified().ruledBy({ ...rules, outOfService: true });
    expect(scene.told.at(-1)).toBe('access.expired');
    expect(scene.shown).toMatchObject({ phase: 'out-of-service' });
    const { length } = scene.owed;
    expect(scene.seesTimes(5, ada).owed).toHaveLength(length);
    scene.ruledBy(rules);
    expect(scene.shown).toMatchObject({ phase: 'idle' });
  });

  it('a door without a policy is closed', () => {
    expect(identified().ruledBy(null).seesTimes(5, ada).state).toBe('out-of-service');
  });

  it('closed and opened again at once: a replica that hears of the first late ends no attempt', () => {
    const [closed, reopened] = [2, 3];
    const scene = new Scene().ruledBy({ ...rules, outOfService: true }, closed);
    scene.ruledBy(rules, reopened).seesTimes(3, ada);
    scene.ruledBy({ ...rules, outOfService: true }, closed);
    expect(scene.state).toBe('awaiting-code');
  });

  it('opened and closed again at once: a replica that hears of the first late opens nothing', () => {
    const closed = { ...rules, outOfService: true };
    const scene = new Scene().ruledBy(closed, 2).ruledBy(rules, 3).ruledBy(closed, 4);
    expect(scene.ruledBy(rules, 3).seesTimes(3, ada).state).toBe('out-of-service');
  });

  it('a policy that is read from the beginning counts, though its bucket was made anew', () => {
    const scene = identified().ruledBy({ ...rules, outOfService: true }, 9);
    scene.tell({ on: 'policy', rules, revision: 1, isRead: true });
    expect(scene.seesTimes(3, ada).state).toBe('awaiting-code');
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
    scene.tell({ on: 'faces', seen, freshAttempt: randomUUID(), freshAct: 'turn-left' });
    expect(scene.door).toBe(before);
  });

  it('an observation that comes twice counts once', () => {
    const scene = new Scene().sees(ada);
    const seen = faces(scene.now, [face(ada)]);
    for (let at = 0; at < 5; at++) {
      scene.tell({ on: 'faces', seen, freshAttempt: randomUUID(), freshAct: 'turn-left' });
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
