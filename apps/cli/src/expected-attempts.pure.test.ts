import { expectedFpir } from '@latchkey/vision';
import { describe, expect, it } from 'vitest';
import { expectedAt } from './expected-attempts.pure.js';

const SIZES = [100, 1_000, 10_000] as const;

describe('what is to be expected of a larger gallery', () => {
  it('is at most one stranger in a hundred looks, by a threshold that rises with the people', () => {
    const [small, middle, large] = SIZES.map((size) => expectedAt(size));
    for (const one of [small, middle, large]) expect(one?.fpirLook).toBeLessThanOrEqual(0.0102);
    expect(small?.threshold).toBe(0.45);
    expect(middle?.threshold).toBeCloseTo(0.494, 3);
    expect(large?.threshold).toBeCloseTo(0.5644, 3);
  });

  it('follows the FMR that the thresholds follow', () => {
    for (const size of SIZES) {
      const { fpirLook, threshold } = expectedAt(size);
      const followed = expectedFpir(size, threshold);
      expect(Math.abs(fpirLook / followed - 1)).toBeLessThan(0.02);
    }
  });

  it('takes 3 of 5 looks for an attempt: of 1 in 100, 1 in 100,000', () => {
    // 10 × 0.01³ × 0.99² + 5 × 0.01⁴ × 0.99 + 0.01⁵
    const { fpirLook, fpirAttempt } = expectedAt(10_000);
    expect(fpirLook).toBeCloseTo(0.01, 3);
    expect(fpirAttempt / 9.85e-6).toBeCloseTo(1, 1);
  });

  it('reads off how many are missed between what was measured, and beyond', () => {
    expect(expectedAt(100).fnirLook).toBeCloseTo(3 / 415, 5);
    expect(expectedAt(1_000).fnirLook).toBeCloseTo(0.0133, 3);
    expect(expectedAt(10_000).fnirLook).toBeCloseTo(0.0391, 3);
  });

  it('puts an attempt between looks that are all alike and looks that have nothing in common', () => {
    for (const size of SIZES) {
      const worst = expectedAt(size);
      const likely = expectedAt(size, { impostor: 0.9, genuine: 0.9 });
      expect(worst.fpirLikely).toBeCloseTo(worst.fpirLook, 10);
      expect(likely.fpirLikely).toBeLessThan(worst.fpirLook);
      expect(likely.fpirLikely).toBeGreaterThan(likely.fpirAttempt);
      expect(likely.fnirLikely).toBeLessThan(worst.fnirLook);
      expect(likely.fnirLikely).toBeGreaterThan(likely.fnirAttempt);
    }
  });

  it('names fewer strangers than it lists, and fewer people than it finds', () => {
    for (const size of SIZES) {
      const expected = expectedAt(size);
      expect(expected.fpirNamedLook).toBeGreaterThan(0);
      expect(expected.fpirNamedLook).toBeLessThan(expected.fpirLook);
      expect(expected.fnirNamedLook).toBeGreaterThan(expected.fnirLook);
    }
  });

  it('tells how little ten thousand rests on: the interval holds a share ten times as high or low', () => {
    const { fpirLook, fpirLookLow, fpirLookHigh } = expectedAt(10_000);
    expect(fpirLookLow).toBeLessThan(fpirLook / 10);
    expect(fpirLookHigh).toBeGreaterThan(fpirLook * 3);
  });
});
