import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clopperPearson, ruleOfThree } from './clopper-pearson.pure.js';

describe("Clopper and Pearson's interval", () => {
  // Newcombe 1998, table I, method 5.
  it.each([
    [81, 263, 0.2527, 0.3676],
    [15, 148, 0.0578, 0.1617],
    [0, 20, 0, 0.1684],
    [1, 29, 0.0009, 0.1776],
  ])('of %i in %i is as published', (part, whole, low, high) => {
    const interval = clopperPearson(part, whole);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it('is 1 − (α/2)^(1/n) above nothing seen, and its mirror below all seen', () => {
    for (const trials of [1, 21, 631_584]) {
      const bound = 1 - 0.025 ** (1 / trials);
      expect(clopperPearson(0, trials)).toEqual({ low: 0, high: expect.closeTo(bound, 10) });
      expect(clopperPearson(trials, trials)).toEqual({
        low: expect.closeTo(1 - bound, 10),
        high: 1,
      });
    }
  });

  it('mirrors where hits and misses change places, and holds the share', () => {
    const counts = fc
      .integer({ min: 1, max: 400 })
      .chain((whole) => fc.tuple(fc.integer({ min: 0, max: whole }), fc.constant(whole)));
    fc.assert(
      fc.property(counts, ([part, whole]) => {
        const one = clopperPearson(part, whole);
        const other = clopperPearson(whole - part, whole);
        expect(one?.low).toBeCloseTo(1 - (other?.high ?? 0), 9);
        expect(one?.low).toBeLessThanOrEqual(part / whole);
        expect(one?.high).toBeGreaterThanOrEqual(part / whole);
      }),
    );
  });

  it('says nothing of nothing', () => {
    expect(clopperPearson(0, 0)).toBeNull();
  });
});

describe('the rule of three', () => {
  // Hanley and Lippman-Hand 1983, table 1: 0 of 10: 26 %, of 20: 14 %, of 50: 6 %, of 100: 3 %, of 1,000: 0.3 %.
  it.each([
    [10, 0.26],
    [20, 0.14],
    [50, 0.06],
    [100, 0.03],
    [1000, 0.003],
  ])('bounds 0 of %i at %f', (trials, bound) => {
    expect(ruleOfThree(trials)).toBeCloseTo(bound, bound < 0.01 ? 4 : 2);
  });
});
