import { describe, expect, it } from 'vitest';
import { byPerson } from './bootstrap.pure.js';
import { clopperPearson } from './clopper-pearson.pure.js';

const trials = (people: number, each: number, valueOf: (person: number) => number) =>
  Array.from({ length: people * each }, (_, n) => ({
    person: String(n % people),
    value: valueOf(n % people),
  }));

describe('an interval by person', () => {
  it('counts people where nothing, or everything, went wrong, and not their trials', () => {
    expect(byPerson(trials(21, 15, () => 0))).toEqual(clopperPearson(0, 21));
    expect(byPerson(trials(21, 15, () => 1))).toEqual(clopperPearson(21, 21));
  });

  it('counts people also where few of them err, however often', () => {
    // One of 21 errs in two of three trials: less than one person in 21, and more than none.
    const few = trials(21, 3, () => 0).map((trial, at) => ({
      ...trial,
      value: Number(at === 0 || at === 21),
    }));
    expect(byPerson(few)).toEqual({ low: 0, high: clopperPearson(1, 21)?.high });
  });

  it('is about as wide as two deviations of the mean of people', () => {
    // 30 of 100 people always fail: the deviation of the share is √(0.3 × 0.7 / 100) = 0.0458.
    const interval = byPerson(trials(100, 3, (person) => (person < 30 ? 1 : 0)));
    expect(interval?.low).toBeCloseTo(0.3 - 1.96 * 0.0458, 1);
    expect(interval?.high).toBeCloseTo(0.3 + 1.96 * 0.0458, 1);
  });

  it('is no narrower for more trials of the same people, and the same each time', () => {
    const few = byPerson(trials(50, 1, (person) => (person < 10 ? 1 : 0)));
    expect(byPerson(trials(50, 20, (person) => (person < 10 ? 1 : 0)))).toEqual(few);
    expect(byPerson(trials(50, 1, (person) => (person < 10 ? 1 : 0)))).toEqual(few);
  });

  it('says nothing of nothing', () => {
    expect(byPerson([])).toBeNull();
  });
});
