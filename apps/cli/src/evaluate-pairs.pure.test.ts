import { describe, expect, it } from 'vitest';
import {
  accuracyAt,
  accuracyInFolds,
  bestThreshold,
  fnmrAtFmr,
  pairFigures,
  type ScoredPair,
} from './evaluate-pairs.pure.js';

const same = (similarity: number): ScoredPair => ({ similarity, same: true });
const other = (similarity: number): ScoredPair => ({ similarity, same: false });

describe('the figures of pairs, worked out by hand', () => {
  it('counts a similarity at the threshold as one person', () => {
    const pairs = [same(0.5), same(0.3), other(0.4), other(0.1)];
    expect(accuracyAt(pairs, 0.4)).toBe(0.5);
    expect(accuracyAt(pairs, 0.41)).toBe(0.75);
    expect(accuracyAt(pairs, 0.5)).toBe(0.75);
  });

  it('finds the threshold between the two neighbours that it parts', () => {
    expect(bestThreshold([same(0.8), same(0.6), other(0.4), other(0.2)])).toBeCloseTo(0.5);
    expect(bestThreshold([other(0.9), same(0.5), same(0.3), other(0.1)])).toBeCloseTo(0.2);
    expect(bestThreshold([])).toBeUndefined();
  });

  it('can take all for one person, or none', () => {
    expect(accuracyAt([same(0.2), same(0.9)], bestThreshold([same(0.2), same(0.9)]) ?? 1)).toBe(1);
    expect(accuracyAt([other(0.2), other(0.9)], bestThreshold([other(0.2), other(0.9)]) ?? 0)).toBe(
      1,
    );
  });

  it('never parts equal similarities', () => {
    const pairs = [same(0.5), other(0.5), other(0.5)];
    expect(accuracyAt(pairs, bestThreshold(pairs) ?? 0)).toBeCloseTo(2 / 3);
  });

  it('judges each run of lines at the threshold of the other nine', () => {
    // Ten lines, a run each. Without the odd genuine pair at 0.2 the others part at (0.3 + 0.7) / 2 = 0.5, where it is
    // missed. With it in, each other line is still told rightly: 9 of 10.
    const pairs = [
      ...Array<ScoredPair>(5).fill(same(0.7)),
      same(0.2),
      ...Array<ScoredPair>(4).fill(other(0.3)),
    ];
    expect(accuracyInFolds(pairs)).toBeCloseTo(0.9);
  });

  it('takes the runs in the file’s order', () => {
    // Twenty lines, two a run. The first run holds the only two that fit another threshold.
    const odd = [same(0.1), same(0.1)];
    const rest = Array.from({ length: 9 }, () => [same(0.9), other(0.5)]).flat();
    expect(accuracyInFolds([...odd, ...rest])).toBeCloseTo(0.9);
  });

  it('allows as many impostors as the FMR says, and no more', () => {
    const impostors = Array.from({ length: 100 }, (_, i) => other(i / 1000));
    const genuine = [same(0.0975), same(0.0985), same(0.5), same(0.05)];
    // 1 % of 100: one impostor (0.099) may pass, so all above 0.098 is let through: 0.0985 and 0.5.
    expect(fnmrAtFmr([...impostors, ...genuine], 1e-2)).toBe(0.5);
    // 0.1 % of 100: none may pass, so all above 0.099 is let through: 0.5.
    expect(fnmrAtFmr([...impostors, ...genuine], 1e-3)).toBe(0.75);
  });

  it('counts false matches and misses at the threshold, with exact intervals', () => {
    const pairs = [same(0.7), same(0.3), other(0.4), other(0.1), other(0.2), other(0.3)];
    expect(pairFigures(pairs, 0.4)).toMatchObject({
      impostorPairs: 4,
      falseMatches: 1,
      fmr: 0.25,
      // Clopper and Pearson: 1 of 4, 1 of 2.
      fmrLow: expect.closeTo(0.0063, 4),
      fmrHigh: expect.closeTo(0.8059, 4),
      genuinePairs: 2,
      falseNonMatches: 1,
      fnmr: 0.5,
      fnmrLow: expect.closeTo(0.0126, 4),
      fnmrHigh: expect.closeTo(0.9874, 4),
    });
  });

  it('says nothing where there is nothing to count', () => {
    expect(fnmrAtFmr([same(0.5)], 1e-2)).toBeNull();
    expect(pairFigures([], 0.4)).toMatchObject({
      fmr: null,
      fmrHigh: null,
      fnmr: null,
      impostorPairs: 0,
      bestAccuracy: null,
      bestThreshold: null,
      accuracy10Fold: null,
      fnmrAtFmr1e2: null,
      fnmrAtFmr1e3: null,
      accuracyAtThreshold: null,
    });
  });

  it('counts an undetected pair as −1: right if they are two people', () => {
    expect(pairFigures([same(0.9), same(-1), other(-1), other(0.1)], 0.4).accuracyAtThreshold).toBe(
      0.75,
    );
  });
});
