import { describe, expect, it } from 'vitest';
import { galleryFigures, livenessFigures, median, type Probe } from './evaluate-gallery.pure.js';

const known = (named: string | undefined): Probe => ({ personId: 'ada', enrolled: true, named });
const stranger = (named: string | undefined): Probe => ({
  personId: 'eve',
  enrolled: false,
  named,
});

describe('the figures of a search, worked out by hand', () => {
  it('tells right, wrong and unknown', () => {
    const enrolled = [known('ada'), known('ada'), known('bob'), known(undefined)];
    const strangers = [undefined, undefined, undefined, 'ada', 'bob'].map(stranger);
    const probes = [...enrolled, ...strangers];
    expect(galleryFigures(probes)).toEqual({
      right: 5,
      wrong: 3,
      unknown: 1,
      fpir: 0.4,
      fnir: 0.5,
      // Clopper and Pearson: 2 of 5, 2 of 4.
      fpirLow: expect.closeTo(0.0527, 4),
      fpirHigh: expect.closeTo(0.8534, 4),
      fnirLow: expect.closeTo(0.0676, 4),
      fnirHigh: expect.closeTo(0.9324, 4),
      strangerProbes: 5,
      enrolledProbes: 4,
    });
  });

  it('says nothing of strangers where there are none', () => {
    expect(galleryFigures([known('ada')])).toMatchObject({
      right: 1,
      wrong: 0,
      unknown: 0,
      fpir: null,
      fpirLow: null,
      fpirHigh: null,
      fnir: 0,
    });
  });
});

describe('the figures of liveness, worked out by hand', () => {
  it('counts only pictures with a face', () => {
    const figures = livenessFigures(
      [0.9, 0.5, 0.49, undefined],
      [0.1, 0.6, undefined, undefined],
      0.5,
    );
    expect(figures).toMatchObject({
      apcer: 0.5,
      bpcer: 1 / 3,
      undetected: 3,
      attacks: 2,
      living: 3,
    });
  });

  it('says nothing where there are no pictures', () => {
    expect(livenessFigures([], [], 0.5)).toMatchObject({
      apcer: null,
      bpcer: null,
      apcerHigh: null,
      undetected: 0,
    });
  });
});

describe('the median', () => {
  it('is the middle, or the mean of the middle two', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNull();
  });
});
