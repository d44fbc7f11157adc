import { cosine, normalise } from '@latchkey/vision';
import { describe, expect, it } from 'vitest';
import { scoredLooks } from './scored-looks.pure.js';
import { looksFromCsv, looksToCsv } from './scores-csv.pure.js';
import { syntheticTemplates } from './synthetic-templates.pure.js';

const axis = (at: number) =>
  normalise(Float32Array.from({ length: 512 }, (_, n) => (n === at ? 1 : 0.01)));
const real = Array.from({ length: 20 }, (_, n) => axis(n));

describe('templates of nobody', () => {
  it('are unit vectors, the same on every call, and unlike each other', () => {
    const drawn = syntheticTemplates(real, 50);
    expect(drawn).toEqual(syntheticTemplates(real, 50));
    for (const [at, one] of drawn.entries()) {
      expect(Math.hypot(...one)).toBeCloseTo(1, 5);
      for (const other of drawn.slice(at + 1)) expect(cosine(one, other)).toBeLessThan(0.5);
    }
  });

  it('resemble the real ones as strangers do, and none of them much', () => {
    const all = syntheticTemplates(real, 200).flatMap((one) =>
      real.map((face) => cosine(one, face)),
    );
    const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
    const deviation = Math.sqrt(all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / all.length);
    expect(deviation).toBeGreaterThan(0.04);
    expect(deviation).toBeLessThan(0.12);
    expect(Math.max(...all)).toBeLessThan(0.5);
  });

  it('cannot be drawn from one', () => {
    expect(syntheticTemplates(real.slice(0, 1), 5)).toEqual([]);
  });

  it('fill a gallery in which the right one is still found, and a stranger is not', () => {
    const templates = new Map(real.map((one, at) => [`p${at}`, one]));
    const attempts = [
      { of: 'p3', attempt: 0, looks: [axis(3)] },
      { of: 'stranger', attempt: 0, looks: [axis(400)] },
    ];
    const [own, stranger] = scoredLooks(templates, attempts);
    expect(own?.scores['p3']).toBeCloseTo(1, 5);
    for (const look of [own, stranger]) {
      expect(look?.filled).toEqual(look?.filled.toSorted((a, b) => a - b));
      expect(look?.filled.at(-1)).toBeLessThan(0.5645);
    }
    const kept = looksFromCsv(looksToCsv(own && stranger ? [own, stranger] : []));
    expect(kept[0]?.scores['p3']).toBeCloseTo(1, 4);
    expect(kept.map(({ of }) => of)).toEqual(['p3', 'stranger']);
  });
});
