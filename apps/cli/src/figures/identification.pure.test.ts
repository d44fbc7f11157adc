import { describe, expect, it } from 'vitest';
import { verdictOf } from './attempt.pure.js';
import { identificationFigures } from './identification.pure.js';
import type { ScoredLook } from './scored-looks.pure.js';

/** An attempt of five looks, each with the same scores but where a look is given its own. */
const attempt = (
  of: string,
  scores: Record<string, number>,
  looks: readonly Record<string, number>[] = [],
): ScoredLook[] =>
  Array.from({ length: 5 }, (_, n) => ({
    of,
    attempt: 0,
    scores: { ...scores, ...looks[n] },
    filled: [0.1, 0.2, 0.3],
  }));

const looks = [
  ...attempt('ada', { ada: 0.9, ben: 0.46, eve: 0 }),
  ...attempt('ben', { ada: 0.1, ben: 0.5, eve: 0.45 }),
  // Two looks of five are too few.
  ...attempt('eve', { ada: 0.2, ben: 0, eve: 0.3 }, [{ eve: 0.9 }, { eve: 0.9 }]),
  ...attempt('zoe', { ada: 0.7, ben: 0, eve: 0 }),
];

describe('figures of identification, worked out by hand', () => {
  it('counts attempts at the threshold of 100 people: each as its own, and as a stranger’s', () => {
    expect(identificationFigures(looks, 100)).toMatchObject({
      threshold: 0.45,
      enrolled: 3,
      synthetic: 97,
      // As strangers: Ada is taken for Ben, Ben for Eve, Zoe for Ada.
      strangers: 4,
      fpirCount: 3,
      fpir: 0.75,
      // Zoe and Ada clearly, and Ben for Eve, with nobody near.
      fpirNamedCount: 3,
      mated: 3,
      fnirCount: 1,
      // Ben is found, but Eve comes near.
      fnirNamedCount: 2,
      misnamed: 0,
    });
  });

  it('asks for more of a larger gallery', () => {
    expect(identificationFigures(looks, 10_000)).toMatchObject({
      fpirCount: 1,
      fnirCount: 2,
      synthetic: 9_997,
    });
  });

  it('takes a synthetic template that reaches the threshold for somebody', () => {
    const near = looks.map((look) => ({ ...look, filled: [0.1, 0.2, 0.6] }));
    expect(identificationFigures(near, 10_000)).toMatchObject({ fpirCount: 4 });
  });

  it('counts a person of two pictures once, and neither as the other’s stranger', () => {
    const two = [
      ...attempt('ada', { ada: 0.9, ada2: 0.9, ben: 0 }),
      ...attempt('ada2', { ada: 0.8, ada2: 0.9, ben: 0 }),
    ];
    const figures = identificationFigures(two, 100, (picture) => picture.slice(0, 3));
    expect(figures).toMatchObject({ enrolled: 2, strangersPeople: 1, fpirCount: 0, fnirCount: 0 });
  });

  it('agrees where 3 of 5 looks do, on whom they list and on whom they name', () => {
    const one = { personId: 'ada', similarity: 0.6 };
    const other = { personId: 'ben', similarity: 0.58 };
    const close = { candidates: [one, other], clearlyAhead: undefined };
    const clear = { candidates: [one], clearlyAhead: one };
    const none = { candidates: [], clearlyAhead: undefined };
    expect(verdictOf([close, close, clear, none, none])).toEqual({
      candidates: ['ada'],
      named: undefined,
    });
    expect(verdictOf([clear, clear, clear, close, none]).named).toBe('ada');
    expect(verdictOf([close, close, close, none, none]).candidates).toEqual(['ada', 'ben']);
  });
});
