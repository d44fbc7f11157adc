import { describe, expect, it } from 'vitest';
import {
  expectedFpir,
  MEASURED_FMR,
  THRESHOLD_RANGE,
  thresholdForGallery,
} from './gallery-threshold.pure.js';

describe('the threshold follows the size of the gallery', () => {
  it('never names anybody below 0.45, and never asks for more than 0.60', () => {
    expect(thresholdForGallery(0)).toBe(THRESHOLD_RANGE.min);
    expect(thresholdForGallery(1)).toBe(THRESHOLD_RANGE.min);
    expect(thresholdForGallery(10_000_000)).toBe(THRESHOLD_RANGE.max);
  });

  it('reproduces the measured table: 1,000 people at 0.50 mean 0.8 % of strangers named', () => {
    expect(expectedFpir(1000, 0.5)).toBeCloseTo(0.008, 3);
    expect(expectedFpir(10_000, 0.5)).toBeCloseTo(0.077, 3);
    for (const { threshold, fmr } of MEASURED_FMR.slice(1)) {
      expect(thresholdForGallery(1, fmr)).toBeCloseTo(threshold, 6);
    }
  });

  it('reaches the target, and rises with every person more', () => {
    let last = 0;
    for (const people of [200, 500, 1000, 3000, 10_000]) {
      const threshold = thresholdForGallery(people);
      expect(expectedFpir(people, threshold)).toBeCloseTo(0.01, 4);
      expect(threshold).toBeGreaterThan(last);
      last = threshold;
    }
  });

  it('asks for more where fewer strangers may be named', () => {
    expect(thresholdForGallery(1000, 0.001)).toBeGreaterThan(thresholdForGallery(1000, 0.01));
  });
});
