import { describe, expect, it } from 'vitest';
import { agreeingLooks, intraclassCorrelation, majorityOf } from './agreeing-looks.pure.js';
import { normalTail, normalTailAt } from './normal-tail.pure.js';

describe('the tail of the normal distribution', () => {
  // Abramowitz and Stegun, tables 26.1 and 26.2.
  it.each([
    [0, 0.5],
    [1, 0.158_655_254],
    [1.959_963_985, 0.025],
    [-1.644_853_627, 0.95],
    [3, 1.349_898e-3],
    [4, 3.167_124e-5],
    [5, 2.866_516e-7],
  ])('beyond %f is as tabled', (x, share) => {
    expect(normalTail(x) / share).toBeCloseTo(1, 5);
    expect(normalTailAt(share)).toBeCloseTo(x, 4);
  });
});

describe('3 of 5 looks that agree', () => {
  it('is the binomial where they are independent', () => {
    expect(majorityOf(0.5)).toBeCloseTo(0.5, 12);
    // 10 × 0.1³ × 0.9² + 5 × 0.1⁴ × 0.9 + 0.1⁵
    expect(majorityOf(0.1)).toBeCloseTo(0.00856, 8);
    expect(agreeingLooks(0.1, 0)).toBeCloseTo(0.00856, 8);
  });

  it('is one look where they are all alike', () => {
    expect(agreeingLooks(0.01, 1)).toBe(0.01);
    expect(agreeingLooks(0.01, 0.9999) / 0.01).toBeCloseTo(1, 1);
  });

  it('rises with their correlation, and is a half of a half at any', () => {
    const shares = [0, 0.3, 0.6, 0.9, 1].map((correlation) => agreeingLooks(1e-5, correlation));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    for (const correlation of [0.2, 0.7])
      expect(agreeingLooks(0.5, correlation)).toBeCloseTo(0.5, 5);
  });

  it('is certain of what always or never happens', () => {
    expect([agreeingLooks(0, 0.5), agreeingLooks(1, 0.5)]).toEqual([0, 1]);
  });
});

describe('the intraclass correlation', () => {
  // Shrout and Fleiss 1979, table 2 and 4: six targets, four judges, ICC(1,1) = 0.17.
  it('is as published', () => {
    const targets = [
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ];
    expect(intraclassCorrelation(targets)).toBeCloseTo(0.166, 3);
  });

  it('says nothing of one group or of single scores', () => {
    expect(intraclassCorrelation([[1, 2]])).toBeNull();
    expect(intraclassCorrelation([[1], [2]])).toBeNull();
  });
});
