import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closed,
  countStranger,
  isDue,
  type Stranger,
  type StrangerWindow,
} from './stranger-window.pure.js';

const GATHER_MS = 600_000;
const stranger = (event: string, at: number): Stranger => ({
  event,
  at,
  correlationId: event,
  evidence: null,
});

/** Plays strangers to one door; mails what is due before each, as the service does. @returns strangers per mail */
function play(strangers: readonly Stranger[]): { at: number; count: number }[] {
  const mails: { at: number; count: number }[] = [];
  let window: StrangerWindow | null = null;
  const close = (at: number) => {
    if (!window) return;
    mails.push({ at, count: window.further });
    window = closed(window);
  };
  for (const one of strangers) {
    if (window && isDue(window, one.at)) close(one.at);
    const step = countStranger(window, one, GATHER_MS);
    if (step.kind === 'close-before') throw new Error('it was closed above');
    if (step.kind === 'first') mails.push({ at: one.at, count: 1 });
    if (step.kind === 'first' || step.kind === 'further') window = step.window;
  }
  if (window && isDue(window, Number.MAX_SAFE_INTEGER)) close(Number.MAX_SAFE_INTEGER);
  return mails;
}

const arrivals = fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 40 }).map((gaps) => {
  let at = 1_000;
  return gaps.map((gap, index) => stranger(`e${index}`, (at += gap)));
});

describe('strangers at a door', () => {
  it('are each told of in exactly one mail', () => {
    fc.assert(
      fc.property(arrivals, (strangers) => {
        const told = play(strangers).reduce((sum, mail) => sum + mail.count, 0);
        expect(told).toBe(strangers.length);
      }),
    );
  });

  it('cause at most two mails in ten minutes: the first one, and one that counts the others', () => {
    fc.assert(
      fc.property(arrivals, (strangers) => {
        const times = play(strangers).map((mail) => mail.at);
        for (const start of times) {
          const within = times.filter((at) => at >= start && at < start + GATHER_MS);
          expect(within.length).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it('count once, however often their event comes', () => {
    fc.assert(
      fc.property(arrivals, (strangers) => {
        const twice = strangers.flatMap((one) => [one, one]);
        expect(play(twice)).toEqual(play(strangers));
      }),
    );
  });

  it('who come after the window wait until those gathered in it were mailed', () => {
    const first = countStranger(null, stranger('a', 0), GATHER_MS);
    if (first.kind !== 'first') throw new Error('expected the first');
    const second = countStranger(first.window, stranger('b', 1), GATHER_MS);
    if (second.kind !== 'further') throw new Error('expected a further one');
    const later = stranger('c', GATHER_MS);
    expect(countStranger(second.window, later, GATHER_MS).kind).toBe('close-before');
    expect(countStranger(closed(second.window), later, GATHER_MS).kind).toBe('first');
  });
});
