import type { PublishedFigures } from '@latchkey/vision';
import { describe, expect, it } from 'vitest';
import { expectedReport } from '../expected-attempts.pure.js';
import { figuresPage } from './figures-page.pure.js';
import { identificationReport } from './identification.pure.js';
import { presentationFigures } from './presentations.pure.js';

const facts = { at: '2026-11-23T07:00:00.000Z', dataSet: 'few faces', command: 'measure' };
const models = { detect: 'aa', embed: 'bb' };
const looks = ['ada', 'ben'].flatMap((of) =>
  Array.from({ length: 5 }, () => ({
    of,
    attempt: 0,
    scores: { ada: of === 'ada' ? 0.9 : 0.1, ben: of === 'ben' ? 0.4 : 0.1 },
    filled: [0.1, 0.1, 0.1],
  })),
);
const judged = [
  { kind: 'print', person: 'ada', scale: 1, lives: [1, 1, 1, 1, 1], acts: [] },
  { kind: 'live', person: 'ada', scale: 1, lives: [1, 1, 1, 1, 1], acts: [] },
];
const published: PublishedFigures[] = [
  {
    what: 'faces',
    ...facts,
    models,
    figures: { threshold: 0.4, fmr: 0.0123, fmrLow: 0.01, fmrHigh: 0.02 },
  },
  {
    what: 'gallery',
    ...facts,
    models,
    figures: {
      lookCorrelation: { impostor: 0.9, genuine: 0.8 },
      ...identificationReport(looks),
      ...expectedReport({ impostor: 0.9, genuine: 0.8 }),
    },
  },
  {
    what: 'liveness',
    ...facts,
    models,
    figures: presentationFigures(judged),
  },
];

describe('the page of figures', () => {
  const page = figuresPage(published, {
    security: { entryMs: 1.5, lookMs: 30, securityPerLook: 0.05 },
  });

  it('says when, with which models and on what it was measured', () => {
    expect(page).toContain('measured on 2026-11-23 by `measure`');
    expect(page).toContain('| detect | `aa` |');
    expect(page).toContain('On few faces.');
  });

  it('holds the figures with their intervals, the few of them as few', () => {
    expect(page).toContain('FMR 1.2 % (1–2)');
    // Wilson: five frames of five, one print of one; and one of two people missed.
    expect(page).toContain('| print | 1 | 100 % (56.6–100) | 100 % (20.7–100) | 2.5–100 |');
    expect(page).toContain('| 100 (2 real) | 0.450 | 0 % (0 of 2) |');
    expect(page).toContain('50 % (1 of 2)');
    expect(page).toContain('| share of a look, of which an entry takes at least three | 5 % |');
  });

  it('is not written where a figure is missing', () => {
    const { figures: _, ...rest } = published[1] as PublishedFigures;
    const without = [published[0], { ...rest, figures: {} }, published[2]] as PublishedFigures[];
    expect(() => figuresPage(without, null)).toThrow(/publish them anew/);
    expect(() => figuresPage([], null)).toThrow(/liveness/);
  });
});
