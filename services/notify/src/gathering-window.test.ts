import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closed,
  countOne,
  type Gathered,
  gatheredBy,
  keyOf,
  isDue,
  type Happening,
  type GatheringWindow,
} from './gathering-window.pure.js';

const GATHER_MS = 600_000;
const stranger = (event: string, at: number): Happening => ({
  event,
  at,
  correlationId: event,
  evidence: null,
});

/** Plays strangers to one door; mails what is due before each, as the service does. @returns strangers per mail */
function play(strangers: readonly Happening[]): { at: number; count: number }[] {
  const mails: { at: number; count: number }[] = [];
  let window: GatheringWindow | null = null;
  const close = (at: number) => {
    if (!window) return;
    mails.push({ at, count: window.further });
    window = closed(window);
  };
  for (const one of strangers) {
    if (window && isDue(window, one.at)) close(one.at);
    const step = countOne(window, one, GATHER_MS);
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

const keys: Gathered[] = [
  { door: 'north', reason: 'unknown', person: null },
  { door: 'north', reason: 'not-live', person: null },
  { door: 'north', reason: 'not-live', person: 's1' },
  { door: 'north', reason: 'mismatch', person: 's1' },
  { door: 'north', reason: 'mismatch', person: 's2' },
  { door: 'south', reason: 'mismatch', person: 's1' },
];

it('keeps apart what differs in door, kind or person', () => {
  expect(new Set(keys.map(keyOf)).size).toBe(keys.length);
  expect(keys.map(keyOf).map(gatheredBy)).toEqual(keys);
  expect(gatheredBy('north')).toBeNull();
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

  it('count once though all of the last hours is read again, in however large a crowd', () => {
    const crowd = fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(crowd, fc.nat(), (gaps, share) => {
        let at = 1_000;
        const strangers = gaps.map((gap, index) => stranger(`e${index}`, (at += gap + 1)));
        const again = strangers.slice(share % strangers.length);
        expect(play([...strangers, ...strangers])).toEqual(play(strangers));
        expect(play([...strangers, ...again])).toEqual(play(strangers));
      }),
      { numRuns: 50 },
    );
  });

  it('who come after the window wait until those gathered in it were mailed', () => {
    const first = countOne(null, stranger('a', 0), GATHER_MS);
    if (first.kind !== 'first') throw new Error('expected the first');
    const second = countOne(first.window, stranger('b', 1), GATHER_MS);
    if (second.kind !== 'further') throw new Error('expected a further one');
    const later = stranger('c', GATHER_MS);
    expect(countOne(second.window, later, GATHER_MS).kind).toBe('close-before');
    expect(countOne(closed(second.window), later, GATHER_MS).kind).toBe('first');
  });
});
