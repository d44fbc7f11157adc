import type { ChallengeAct, ObservedFace } from '@latchkey/contracts';
import { describe, expect, it } from 'vitest';
import { face, faces, Scene } from './saga.fixtures.js';

const always = { liveness: 'challenge' } as const;
const turned = (yawDeg: number): Partial<ObservedFace> => ({ yawDeg });
const shut: Partial<ObservedFace> = { eyesOpen: 0 };

/** Ada is known at a door that asks for an act. */
function asked(act: ChallengeAct, scene = new Scene(always)): Scene {
  scene.freshAct = act;
  return scene.seesTimes(3, ['ada']);
}

/** A camera's pictures of Ada, by what tells them apart; one each half of a second. */
function shots(scene: Scene, pictures: string, facts: { widthPx?: number } = {}): Scene {
  for (const letter of pictures) {
    scene.wait(500);
    const picture = letter.padEnd(11, 'A');
    scene.hears(faces(scene.now, [face(['ada'])], { picture, ...facts }));
  }
  return scene;
}

describe('a door that asks for an act', () => {
  it.each([
    ['blink', shut],
    ['turn-left', turned(-30)],
    ['turn-right', turned(30)],
  ] as const)('says what to do, and goes on once the same face did it: %s', (act, does) => {
    const scene = asked(act);
    expect(scene.shown).toMatchObject({ phase: 'identifying', hint: act });
    scene.sees(['ada']).seesTimes(2, ['ada'], does).sees(['ada']);
    expect(scene.state).toBe('awaiting-code');
    expect(scene.told).toEqual(['access.started', 'access.identified']);
  });

  it('opens no way to a picture, which does nothing: refused after 8 s, with an alarm', () => {
    const scene = asked('blink').seesTimes(31, ['ada']);
    expect(scene.state).toBe('challenged');
    scene.sees(['ada']);
    expect(scene.told).toEqual(['access.started', 'access.denied', 'alarm.not-live']);
    expect(scene.data('denied')).toMatchObject({ reason: 'not-live', person: 'ada' });
    expect(scene.data('alarm.not-live')).toMatchObject({ by: 'act' });
  });

  it.each(['blink', 'turn-left'] as const)('refuses a turn that was not asked for: %s', (act) => {
    const scene = asked(act).seesTimes(2, ['ada'], turned(30));
    expect(scene.data('denied')).toMatchObject({ reason: 'not-live' });
    expect(scene.data('alarm.not-live')).toMatchObject({ by: 'act' });
  });

  it('takes no act that another face did', () => {
    const scene = asked('turn-left').sees(['ada']).seesTimes(2, [], turned(-30)).sees(['ada']);
    expect(scene.state).toBe('challenged');
    scene.sees(['ada'], turned(-30)).sees([], turned(-30)).sees(['ada'], turned(-30));
    expect(scene.state).toBe('challenged');
  });

  it('says that face and face differ where somebody else who is known comes', () => {
    const scene = asked('turn-left').seesTimes(3, ['bob']);
    expect(scene.data('denied')).toMatchObject({ reason: 'mismatch' });
  });

  it('takes no act from before it asked', () => {
    const scene = new Scene(always);
    scene.freshAct = 'turn-left';
    const early = faces(scene.wait(250).now, [face(['ada'], turned(-30))]);
    scene.seesTimes(3, ['ada']).hears(early).sees(['ada'], turned(-30));
    expect(scene.state).toBe('challenged');
    scene.sees(['ada'], turned(-30));
    expect(scene.state).toBe('awaiting-code');
  });

  it('lets a face that looks doubtful show that it is live, and never one that looks like a picture', () => {
    const doubtful = { liveness: 0.35 };
    const scene = new Scene(always).seesTimes(3, ['ada'], doubtful);
    expect(scene.state).toBe('challenged');
    scene.seesTimes(2, ['ada'], { ...doubtful, ...turned(-30) });
    expect(scene.state).toBe('awaiting-code');
    const picture = new Scene(always).seesTimes(3, ['ada'], { liveness: 0.25 });
    expect(picture.data('alarm.not-live')).toMatchObject({ by: 'look' });
  });
});

describe('a door that goes by the look alone', () => {
  it('asks for no act', () => {
    expect(new Scene().seesTimes(3, ['ada'], { liveness: 0.6 }).state).toBe('awaiting-code');
    expect(new Scene().seesTimes(3, ['ada'], { liveness: 0.8 }).state).toBe('awaiting-code');
    expect(new Scene({ liveness: 'off' }).seesTimes(3, ['ada'], { liveness: 0.6 }).state).toBe(
      'awaiting-code',
    );
  });
});

describe('pictures that no camera gives', () => {
  const replayed = { reason: 'not-live' };

  it('a frozen one gets one vote, and ends in an alarm', () => {
    const scene = shots(new Scene(), 'aaaa');
    expect(scene.state).toBe('identifying');
    expect(shots(scene, 'a').data('denied')).toMatchObject(replayed);
    expect(scene.data('alarm.not-live')).toMatchObject({ by: 'replay' });
  });

  it('a slow camera, which gives each picture a few times, is no thief’s', () => {
    expect(shots(new Scene(), 'aaabbbcc').state).toBe('awaiting-code');
  });

  it('a loop ends in an alarm, before the code and while it is awaited', () => {
    expect(shots(new Scene(always), 'abcab').data('alarm.not-live')).toMatchObject({
      by: 'replay',
    });
    const later = shots(new Scene(), 'abc');
    expect(later.state).toBe('awaiting-code');
    expect(shots(later, 'ab').data('denied')).toMatchObject(replayed);
  });

  it('a picture of another size ends in an alarm: another camera, or none, sends it', () => {
    expect(shots(shots(new Scene(), 'a'), 'b', { widthPx: 320 }).data('denied')).toMatchObject(
      replayed,
    );
  });

  it('an observation that comes twice is no loop', () => {
    const scene = new Scene();
    const seen = faces(scene.wait(250).now, [face(['ada'])]);
    scene.hears(seen).sees(['ada']).hears(seen).hears(seen).hears(seen);
    expect(scene.state).toBe('identifying');
  });

  it('a picture that cannot be told from others says nothing, and opens nothing', () => {
    const scene = new Scene();
    for (let at = 0; at < 6; at++) {
      const { picture: _, ...seen } = faces(scene.wait(250).now, [face(['ada'])]);
      scene.hears(seen);
    }
    expect(scene.state).toBe('identifying');
  });

  it('frames whose times jump count for nothing: late, ahead of the clock, or from before the attempt', () => {
    const scene = new Scene().sees(['ada']);
    const { now } = scene;
    for (const at of [now - 3_001, now + 501, now - 1_000]) scene.hears(faces(at, [face(['ada'])]));
    scene.sees(['ada']);
    expect(scene.state).toBe('identifying');
    expect(scene.sees(['ada']).state).toBe('awaiting-code');
  });

  it('a door without liveness looks for none of this', () => {
    expect(shots(new Scene({ liveness: 'off' }), 'aaa').state).toBe('awaiting-code');
  });
});
