import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codes, rules, Scene } from './saga.fixtures.js';
import type { Showing } from './saga.types.js';
import { withShowings } from './showings.pure.js';

const ada = ['ada'];
const wrong = { person: 'ada', wrongCount: 1, remaining: 4 };
const identified = () => new Scene().seesTimes(3, ada);
const refused = () => identified().shows('code-1').answers('wrong', wrong);
const granted = () => identified().shows('code-1').answers('granted', { person: 'ada' });

/** The next person, or the same: the door has come to rest, and somebody is recognised. */
const nextAttempt = (scene: Scene) => scene.wait(10_000).seesTimes(3, ada);

describe('a code that is held up', () => {
  it('counts once, however long it lasts', () => {
    const scene = refused();
    for (let at = 0; at < 20; at++) scene.wait(200).shows('code-1');
    expect(scene.questions).toBe(1);
  });

  it('counts once where nobody looks for seconds, as at an overloaded site', () => {
    const scene = refused();
    for (let at = 0; at < 3; at++) scene.wait(3_000).sees(ada).shows('code-1');
    expect(scene.questions).toBe(1);
  });

  it('counts once though a shaking hand hides it now and then', () => {
    const scene = refused();
    for (let at = 0; at < 5; at++) scene.missesFor(1_000).shows('code-1');
    expect(scene.questions).toBe(1);
  });

  it('counts again once it was looked for and not seen for a second', () => {
    const scene = refused().missesFor(1_500).shows('code-1');
    expect(scene.questions).toBe(2);
  });

  it('is not away because another of the door’s cameras does not see it', () => {
    const scene = refused();
    for (let at = 0; at < 10; at++) {
      scene.wait(250);
      scene.tell({ on: 'codes', seen: codes(scene.now, [], { camera: 'side' }) });
    }
    expect(scene.sees(ada).shows('code-1').questions).toBe(1);
  });

  it('is not away where it was seen while the door was out of service', () => {
    const scene = refused().wait(200).looks();
    scene
      .ruledBy({ ...rules, outOfService: true })
      .wait(1_000)
      .looks('code-1');
    scene.wait(1_000).ruledBy(rules).seesTimes(3, ada).looks().sees(ada).shows('code-1');
    expect(scene.state).toBe('awaiting-code');
    expect(scene.questions).toBe(1);
  });

  it('is away while another code is shown in its place', () => {
    const scene = refused().sees(ada).shows('code-2').answers('wrong', wrong);
    for (let at = 0; at < 8; at++) scene.sees(ada).looks('code-2');
    expect(scene.shows('code-1').questions).toBe(3);
  });
});

describe('a look that finds no code', () => {
  it('is not told of as a code of another kind', () => {
    expect(identified().looks().shown).toMatchObject({ phase: 'awaiting-code', hint: null });
  });

  it('is no sign that somebody is there', () => {
    const scene = identified();
    for (let at = 0; at < 22; at++) scene.wait(250).looks();
    expect(scene.told.at(-1)).toBe('access.abandoned');
  });

  it('changes nothing where no showing goes on', () => {
    const scene = identified();
    const { door } = scene;
    expect(scene.looks().door).toBe(door);
  });
});

describe('the code that has just opened the door', () => {
  it('is not counted as a wrong one while it is held up on, and its holder is told what to do', () => {
    const scene = nextAttempt(granted());
    for (let at = 0; at < 8; at++) scene.sees(ada).shows('code-1');
    expect(scene.state).toBe('awaiting-code');
    expect(scene.questions).toBe(1);
    expect(scene.shown).toMatchObject({ hint: 'wrong-code', remaining: null });
  });

  it('does not keep the next code from being shown', () => {
    const scene = nextAttempt(granted()).shows('code-1').sees(ada).shows('code-2');
    expect(scene.questions).toBe(2);
  });

  it('counts once it was away', () => {
    const scene = nextAttempt(granted().missesFor(1_500)).shows('code-1');
    expect(scene.questions).toBe(2);
  });
});

describe('in the next attempt', () => {
  it('a wrong code that is held up on does not count again', () => {
    const scene = nextAttempt(refused().tell({ on: 'cancel' })).shows('code-1');
    expect(scene.questions).toBe(1);
  });

  it('a code that was good but for a registry without an answer counts', () => {
    const scene = identified().shows('code-1').wait(2_000);
    expect(scene.told.at(-1)).toBe('access.expired');
    expect(nextAttempt(scene).shows('code-1').state).toBe('checking-code');
  });
});

describe('whatever is seen and missed', () => {
  const look = fc.record({ ms: fc.nat({ max: 1_500 }), isSeen: fc.boolean() });
  const asked: Showing = {
    tag: 'A'.repeat(22),
    camera: 'main',
    seenAt: 0,
    missedAt: null,
    stage: 'asked',
  };

  it('a showing ends exactly where looks that miss it, none between that sees it, span a second', () => {
    fc.assert(
      fc.property(fc.array(look, { maxLength: 12 }), (looks) => {
        let [now, missedAt, isAway] = [0, Infinity, false];
        let showings: readonly Showing[] = [asked];
        for (const { ms, isSeen } of looks) {
          now += ms + 1;
          isAway ||= !isSeen && now - missedAt >= 1_000;
          missedAt = isSeen ? Infinity : Math.min(missedAt, now);
          showings = withShowings(showings, codes(now, isSeen ? ['A'] : []), false);
          expect(showings[0]?.stage).toBe(isAway ? 'over' : 'asked');
        }
      }),
    );
  });
});
