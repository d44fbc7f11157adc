import { type DoorDisplay, doorDisplay, doorPhase } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import words from '../messages/en.json' with { type: 'json' };
import { firstState, type KioskState, sceneOf, soundOf } from './scene.pure.js';

const display = (facts: Partial<DoorDisplay>): DoorDisplay =>
  doorDisplay.parse({
    door: 'gate',
    attempt: null,
    phase: 'idle',
    name: null,
    reason: null,
    hint: null,
    deadline: null,
    remaining: null,
    sentence: 'Something.',
    at: 1,
    ...facts,
  });
const open: KioskState = { ...firstState, link: 'open', camera: 'live' };
const sceneAt = (facts: Partial<DoorDisplay>, state: Partial<KioskState> = {}) =>
  sceneOf({ ...open, ...state, display: display(facts) }, words, 'en');

it('says one sentence in each phase, and asks for a code only while one is awaited', () => {
  for (const phase of doorPhase.options) {
    const wait = { attempt: null, from: 1, until: 9 };
    const scene = sceneAt({ phase }, { wait });
    expect(scene.sentence).toBe(words.phase[phase]);
    expect(scene.asksForCode).toBe(phase === 'awaiting-code');
    expect(scene.wait).toBe(phase === 'awaiting-code' ? wait : null);
    expect(scene.reason).toBeNull();
  }
});

it('greets by name while the code is awaited; denies in one breath, and says why in another', () => {
  const asked = sceneAt({ phase: 'awaiting-code', name: 'Asha Rao' });
  expect(asked.sentence).toBe('Welcome, Asha Rao. Show the QR code you have');
  expect(sceneAt({ phase: 'denied', reason: 'wrong-code' })).toMatchObject({
    tone: 'bad',
    sentence: 'ACCESS DENIED',
    reason: 'wrong code shown',
  });
  const granted = sceneAt({ phase: 'granted', hint: 'new-code-on-its-way' });
  expect(granted.sentence).toBe('ACCESS GRANTED');
  const wrong = sceneAt({ phase: 'awaiting-code', hint: 'wrong-code', remaining: 1 });
  expect(wrong).toMatchObject({ sentence: words.hint['wrong-code'], remaining: '1 try left' });
});

it('shows nobody’s name while something is in the way', () => {
  const asha = { phase: 'awaiting-code', name: 'Asha Rao' } as const;
  const troubles: Partial<KioskState>[] = [
    { link: 'service' },
    { link: 'offline' },
    { isBrokerAway: true },
    { isUnseen: true },
    { camera: 'refused' },
    { camera: 'missing' },
    { link: 'replaced' },
  ];
  const scenes = troubles.map((trouble) => sceneAt(asha, trouble));
  expect(JSON.stringify(scenes)).not.toContain('Asha');
  expect(new Set(scenes.map(({ sentence }) => sentence)).size).toBe(troubles.length);
  expect(scenes.every(({ tone, asksForCode }) => tone === 'trouble' && !asksForCode)).toBe(true);
});

it('gives hints for the picture only while a code is held to it', () => {
  const dark = { pictureHint: 'dark' } as const;
  expect(sceneAt({ phase: 'awaiting-code' }, dark).advice).toBe(words.picture.dark);
  expect(sceneAt({ phase: 'idle' }, dark).advice).toBe(words.advice.idle);
});

it('says how many tries are left for as long as the door says so, whatever else is said', () => {
  const refused = { phase: 'awaiting-code', hint: 'wrong-code', remaining: 4 } as const;
  const said = [
    sceneAt(refused),
    sceneAt(refused, { pictureHint: 'bright' }),
    sceneAt({ ...refused, hint: 'one-at-a-time' }),
    sceneAt({ ...refused, phase: 'checking-code' }),
  ];
  expect(said.map(({ remaining }) => remaining)).toEqual(said.map(() => '4 tries left'));
  expect(said[1]?.advice).toBe(words.picture.bright);
  expect(sceneAt({ phase: 'awaiting-code' }).remaining).toBeNull();
});

it('offers to mail a new code until one was sent', () => {
  const asked = { phase: 'awaiting-code' } as const;
  const { offered, sent } = words.newCode;
  expect(sceneAt(asked)).toMatchObject({ isNewCodeSent: false, ofNewCode: offered });
  expect(sceneAt({ ...asked, hint: 'wrong-code' })).toMatchObject({ ofNewCode: null });
  expect(sceneAt({ ...asked, hint: 'wrong-code', newCodeSent: true })).toMatchObject({
    isNewCodeSent: true,
    ofNewCode: sent,
  });
});

it('says when somebody who is locked may try again, where the door knows it', () => {
  const lockedUntil = new Date(2026, 0, 5, 16, 55, 40).getTime();
  for (const reason of ['wrong-code', 'locked'] as const) {
    const denied = { phase: 'denied', reason } as const;
    expect(sceneAt({ ...denied, lockedUntil }).advice).toMatch(/^Try again after 4:56\sPM /);
    expect(sceneAt(denied).advice).toBe(words.reasonAdvice[reason]);
  }
});

it('sounds once when it asks, grants, denies, or refuses a code', () => {
  const attempt = crypto.randomUUID();
  const identifying = display({ phase: 'identifying', attempt });
  const asked = display({ phase: 'awaiting-code', attempt });
  const refused = display({ phase: 'awaiting-code', attempt, hint: 'wrong-code', remaining: 4 });
  const granted = display({ phase: 'granted', attempt });
  expect(soundOf(null, identifying)).toBeNull();
  expect(soundOf(identifying, asked)).toBe('ask');
  expect(soundOf(asked, asked)).toBeNull();
  expect(soundOf(asked, refused)).toBe('wrong');
  expect(soundOf(refused, refused)).toBeNull();
  expect(soundOf(refused, { ...refused, remaining: 3 })).toBe('wrong');
  expect(soundOf(refused, granted)).toBe('good');
  expect(soundOf(granted, granted)).toBeNull();
  expect(soundOf(refused, display({ phase: 'denied', attempt }))).toBe('bad');
});
