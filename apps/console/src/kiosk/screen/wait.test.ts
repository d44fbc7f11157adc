import { type DoorDisplay, doorDisplay } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import { shareOver, waitAfter } from './wait.pure.js';

const attempt = '01980000-0000-7000-8000-000000000001';
const display = (facts: Partial<DoorDisplay>): DoorDisplay =>
  doorDisplay.parse({
    door: 'gate',
    attempt,
    phase: 'awaiting-code',
    name: null,
    reason: null,
    hint: null,
    deadline: 40_000,
    remaining: null,
    sentence: 'Something.',
    at: 10_000,
    ...facts,
  });

it('a wait keeps its beginning while a code is checked, refused, or its end is put off', () => {
  const began = waitAfter(null, display({}));
  expect(began).toMatchObject({ from: 10_000, until: 40_000 });
  const checked = waitAfter(began, display({ phase: 'checking-code', deadline: null, at: 25_000 }));
  expect(checked).toBe(began);
  const refused = waitAfter(checked, display({ hint: 'wrong-code', at: 26_000, deadline: 42_000 }));
  expect(refused).toMatchObject({ from: 10_000, until: 42_000 });
});

it('another attempt waits anew', () => {
  const began = waitAfter(null, display({}));
  const other = display({ attempt: crypto.randomUUID(), at: 50_000, deadline: 80_000 });
  expect(waitAfter(began, other)).toMatchObject({ from: 50_000 });
  expect(waitAfter(began, display({ attempt: null, phase: 'idle', deadline: null }))).toBeNull();
});

it('says how much is over, never less than none nor more than all', () => {
  const wait = { attempt, from: 10_000, until: 40_000 };
  const at = [0, 10_000, 25_000, 40_000, 99_000];
  expect(at.map((now) => shareOver(wait, now))).toEqual([0, 0, 0.5, 1, 1]);
});
