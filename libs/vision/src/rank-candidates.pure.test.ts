import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from './compare.pure.js';
import { rankCandidates, searchGallery } from './rank-candidates.pure.js';

const score = (personId: string, similarity: number) => ({ personId, similarity });

describe('ranked candidates', () => {
  it('lists those above the threshold, the most similar first', () => {
    const { candidates } = rankCandidates([score('a', 0.5), score('b', 0.3), score('c', 0.7)], {
      threshold: 0.45,
    });
    expect(candidates.map((one) => one.personId)).toEqual(['c', 'a']);
  });

  it('names the first only if nobody else comes near, not even below the threshold', () => {
    expect(
      rankCandidates([score('a', 0.7), score('b', 0.5)], { threshold: 0.45 }).clearlyAhead
        ?.personId,
    ).toBe('a');
    expect(
      rankCandidates([score('a', 0.5), score('b', 0.44)], { threshold: 0.45 }).clearlyAhead,
    ).toBeUndefined();
  });

  it('calls a face unknown that is like nobody', () => {
    expect(rankCandidates([score('a', 0.44)], { threshold: 0.45 })).toEqual({
      candidates: [],
      clearlyAhead: undefined,
    });
    expect(rankCandidates([], { threshold: 0.45 }).candidates).toEqual([]);
  });

  it('finds the same best ones as sorting all', () => {
    const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        fc.array(vector, { maxLength: 30 }),
        vector,
        fc.integer({ min: 1, max: 8 }),
        (rows, probe, count) => {
          const gallery = rows.map(
            (row, i) => [`p${i}`, normalise(Float32Array.from(row))] as const,
          );
          const wanted = normalise(Float32Array.from(probe));
          const all = searchGallery(gallery, wanted, rows.length + 1).map((one) => one.similarity);
          const best = searchGallery(gallery, wanted, count).map((one) => one.similarity);
          expect(all).toHaveLength(rows.length);
          expect(all).toEqual(all.toSorted((a, b) => b - a));
          expect(best).toEqual(all.slice(0, count));
        },
      ),
    );
  });
});
