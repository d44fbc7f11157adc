import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noAnswer, reply } from './registry.fixture.js';
import { until } from './filming.fixture.js';
import { Threshold } from './threshold.fixture.js';

// Real here: broker, gRPC, two auth replicas. The test plays face, qr and kiosk, and a small registry answers.
let here: Threshold;
beforeAll(async () => {
  here = await Threshold.open(2);
  here.registry.names.set('ada', 'Ada Byron');
});
afterAll(() => here[Symbol.asyncDispose]());

const ENTRY = ['started', 'identified', 'granted'];
const OUTCOMES = new Set(['granted', 'denied', 'expired', 'abandoned']);

/** What was told of each attempt at a door. On a slow machine somebody may have to begin again. */
async function attemptsAt(door: string): Promise<Map<string, string[]>> {
  const attempts = new Map<string, string[]>();
  for (const { correlationid, type } of await here.told(door)) {
    const types = attempts.get(correlationid) ?? [];
    attempts.set(correlationid, [...types, type.split('.').at(-1) ?? '']);
  }
  return attempts;
}

describe('an entry', () => {
  it('opens the door once for a recognised face that shows its code', async () => {
    await here.setDoor('north');
    const welcome = await here.isGreeted('north', ['ada'], 'Ada Byron');
    expect(welcome.sentence).toMatch(/^Welcome, Ada Byron\./);
    expect(welcome.language).toBe('es');
    const seen = await here.holdsUp('north', '.granted');
    const granted = await here.tells('north', '.granted');
    expect(granted.data).toMatchObject({ person: 'ada' });
    expect(seen.map(({ capturedAt }) => capturedAt + 2_000)).toContain(granted.data['expiresAt']);
    expect(granted.id).toBe(`${welcome.attempt}:outcome`);
    const shown = await here.standsUntil('north', ['ada'], ({ phase }) => phase === 'granted');
    expect(shown.sentence).toContain('ACCESS GRANTED');
    expect((await attemptsAt('north')).get(welcome.attempt ?? '')).toEqual(ENTRY);
    await until('the relay has heard', () => here.opened.length > 0);
    expect(here.opened).toMatchObject([{ id: granted.id, data: { door: 'north' } }]);
  });

  it('at twenty doors at once: each opens once, and each attempt has one outcome', async () => {
    const doors = Array.from({ length: 20 }, (_, at) => `gate-${at}`);
    await Promise.all(
      doors.map(async (door) => {
        await here.setDoor(door);
        await here.isRecognised(door, ['ada']);
        await here.holdsUp(door, '.granted');
      }),
    );
    for (const door of doors) {
      const attempts = [...(await attemptsAt(door)).values()];
      expect(attempts.filter((types) => types.includes('granted'))).toEqual([ENTRY]);
      const outcomes = attempts.map((types) => types.filter((type) => OUTCOMES.has(type)).length);
      expect(outcomes).toEqual(attempts.map(() => 1));
    }
  });
});

describe('a stranger', () => {
  it('is denied, and the photograph is kept before that is told', async () => {
    await here.setDoor('stranger');
    await (await here.snapshots()).put('stranger.photo', new Uint8Array([1, 2, 3]));
    const facts = { snapshot: 'stranger.photo' };
    await here.standsUntil('stranger', [], ({ phase }) => phase === 'denied', facts);
    const { data } = await here.tells('stranger', '.denied');
    expect(data).toMatchObject({
      reason: 'unknown',
      evidence: `stranger.${String(data['attempt'])}`,
    });
    const kept = await (await here.evidence()).get(String(data['evidence']));
    expect([...(kept ?? [])]).toEqual([1, 2, 3]);
  });

  it('is denied without a photograph where it is gone', async () => {
    await here.setDoor('stranger-2');
    const facts = { snapshot: 'stranger-2.gone' };
    await here.standsUntil('stranger-2', [], ({ phase }) => phase === 'denied', facts);
    expect((await here.tells('stranger-2', '.denied')).data).toMatchObject({ evidence: null });
  });

  it('who holds up a picture is denied, and guards are alarmed', async () => {
    await here.setDoor('picture');
    const facts = { face: { liveness: 0.1 } };
    await here.standsUntil('picture', ['ada'], ({ phase }) => phase === 'denied', facts);
    expect((await here.tells('picture', '.not-live', 'ALARMS')).data).toMatchObject({
      person: 'ada',
    });
  });
});

describe('a code that is not the right one', () => {
  it('is refused four times; the fifth denies, with a photograph and an alarm', async () => {
    const door = 'wrong';
    await here.setDoor(door);
    await (await here.snapshots()).put('wrong.photo', new Uint8Array([9]));
    // A showing that is asked about once more is counted once, as the registry does.
    const frames = new Set<string>();
    here.registry.answer = ({ frame }) => {
      const wrongCount = frames.add(frame).size;
      return reply('wrong', {
        person: 'ada',
        wrongCount,
        remaining: 5 - wrongCount,
        lockedUntil: 7,
      });
    };
    const facts = { snapshot: 'wrong.photo' };
    await here.standsUntil(door, ['ada'], ({ phase }) => phase === 'awaiting-code', facts);
    for (const left of [4, 3, 2, 1]) {
      const wrong = () => here.code(door, `wrong-${left}`);
      await here.holdsUpUntil(door, ({ remaining }) => remaining === left, wrong);
    }
    const fifth = () => here.code(door, 'wrong-0');
    await here.holdsUpUntil(door, ({ phase }) => phase === 'denied', fifth);
    const told = await here.told(door);
    expect(told.filter(({ type }) => type.endsWith('.code-refused'))).toHaveLength(4);
    expect(told.at(-1)?.data).toMatchObject({ reason: 'wrong-code', lockedUntil: 7 });
    expect(told.at(-1)?.data['evidence']).not.toBeNull();
    await here.tells(door, '.wrong-code', 'ALARMS');
  });
});

describe('a registry that does not answer', () => {
  it('is asked again, and the door opens if it answers in time', async () => {
    await here.setDoor('slow');
    let tries = 0;
    here.registry.answer = ({ candidates }) => {
      tries += 1;
      return tries < 4 ? noAnswer() : reply('granted', { person: candidates[0] ?? '' });
    };
    await here.isRecognised('slow', ['ada']);
    await here.code('slow', 'one');
    await here.tells('slow', '.granted');
    const asked = here.registry.asked.filter(({ door }) => door === 'slow');
    expect(new Set(asked.map(({ attempt, frame }) => `${attempt} ${frame}`)).size).toBe(1);
  });

  it('leaves the door shut; a code that was used up all the same is told of', async () => {
    await here.setDoor('silent');
    here.registry.answer = ({ notAfter }) =>
      here.bus.nowMs() < notAfter ? noAnswer() : reply('too-late', { used: true });
    await here.isRecognised('silent', ['ada']);
    await here.code('silent', 'one');
    const isTold = ({ hint }: { hint: string | null }) => hint === 'new-code-on-its-way';
    await here.standsUntil('silent', ['ada'], isTold);
    expect((await here.tells('silent', '.expired')).data).toMatchObject({
      during: 'checking-code',
    });
  });
});

describe('a wish', () => {
  it('for a new code is passed on for the one who is named', async () => {
    await here.setDoor('wish');
    await here.isRecognised('wish', ['ada']);
    await here.wishes('wish', 'new-code');
    await here.standsUntil('wish', ['ada'], ({ hint }) => hint === 'new-code-on-its-way');
    expect(here.registry.reissued).toMatchObject([{ person: 'ada', reason: 'requested' }]);
  });

  it('to cancel ends the attempt', async () => {
    await here.setDoor('cancel');
    await here.isRecognised('cancel', ['ada']);
    await here.wishes('cancel', 'cancel');
    const ended = await here.standsWhile('cancel', ['ada'], () =>
      here.tells('cancel', '.abandoned'),
    );
    expect(ended.data).toMatchObject({ how: 'cancelled' });
    await here.standsUntil('cancel', null, ({ phase }) => phase === 'idle');
  });
});

describe('a door', () => {
  it('that asks for more alike faces than the gallery does denies who is less alike, from then on', async () => {
    await here.setDoor('lab');
    const alike = { face: { candidates: [{ person: 'ada', score: 0.55 }] } };
    const isAsked = ({ phase }: { phase: string }) => phase === 'awaiting-code';
    await here.standsUntil('lab', ['ada'], isAsked, alike);
    await here.wishes('lab', 'cancel');
    await here.standsUntil('lab', null, ({ phase }) => phase === 'idle');
    await here.setDoor('lab', { matchThreshold: 0.6 });
    // A stranger's denial waits two seconds for a first picture.
    await here.standsUntil('lab', ['ada'], ({ phase }) => phase === 'denied', alike);
    expect((await here.tells('lab', '.denied')).data).toMatchObject({ reason: 'unknown' });
  });

  it('without a policy is closed and says so', async () => {
    await here.face('nowhere', ['ada']);
    await here.shows('nowhere', ({ phase }) => phase === 'out-of-service');
    expect(await here.told('nowhere')).toEqual([]);
  });

  it('that an operator closes ends what goes on there', async () => {
    await here.setDoor('closing');
    await here.isRecognised('closing', ['ada']);
    const ended = await here.standsWhile('closing', ['ada'], async () => {
      await here.setDoor('closing', { outOfService: true });
      return await here.tells('closing', '.expired');
    });
    expect(ended.data).toMatchObject({ during: 'awaiting-code' });
  });
});
