import { evaluated } from '@latchkey/contracts';
import { describe, expect, it } from 'vitest';
import { figureGroups, kindWords } from './figure-words.pure.js';

describe('the figures of the models', () => {
  it('are told in words, whichever are measured', () => {
    expect(Object.keys(kindWords).toSorted()).toEqual(evaluated.options.toSorted());
  });

  it('say what a share is as a percentage and as one in so many, with its interval', () => {
    const figures = { fmr: 0.004, fmrLow: 0.001, fmrHigh: 0.01, threshold: 0.4 };
    expect(figureGroups('faces', figures)).toEqual([
      {
        title: undefined,
        lines: [
          expect.objectContaining({ name: 'threshold', value: '0.4', interval: undefined }),
          expect.objectContaining({
            term: 'FMR',
            value: '0.4 %, about 1 in 250',
            interval: '0.1 % to 1 %',
          }),
        ],
      },
    ]);
  });

  it('tell of attacks kind by kind, and take the interval that counts each person once', () => {
    const print = {
      apcerPassive: 0.1,
      apcerPassiveLow: 0.05,
      apcerPassiveHigh: 0.2,
      apcerPassiveByPersonLow: 0.02,
      apcerPassiveByPersonHigh: 0.3,
    };
    const [group] = figureGroups('liveness', { print });
    expect(group?.title).toBe('A print');
    expect(group?.lines).toHaveLength(1);
    expect(group?.lines[0]).toMatchObject({ term: 'APCER', interval: '2 % to 30 %' });
  });

  it('show how many living people were refused as a number, never as a share of more than all', () => {
    const live = { presentations: 66, bpcerPassive: 13 / 66, refusedLiving: 13 };
    const values = (group: Record<string, number>) =>
      Object.fromEntries(
        figureGroups('liveness', { live: group }).flatMap(({ lines }) =>
          lines.map(({ name, value }) => [name, value]),
        ),
      );
    expect(values(live)).toEqual({
      bpcerPassive: '20 %, about 1 in 5',
      refusedLiving: '13',
      presentations: '66',
    });
    expect(values({ refusedPassive: 13 })).toEqual({ refusedPassive: '13' });
  });

  it('say so where nothing was measured, and never round an error away', () => {
    const [{ lines } = { lines: [] }] = figureGroups('gallery', { fpir: null, fnir: 0.00004 });
    expect(lines.map(({ value }) => value)).toEqual(['not measured', '0.004 %, about 1 in 25,000']);
    const [{ lines: pairs } = { lines: [] }] = figureGroups('faces', {
      accuracyAtThreshold: 0.998,
    });
    expect(pairs[0]?.value).toBe('99.8 %');
  });
});
