import { describe, expect, it } from 'vitest';
import {
  type JudgedPresentation,
  livenessCurves,
  presentationFigures,
} from './presentations.pure.js';
import { presentationsFromCsv, presentationsToCsv } from './scores-csv.pure.js';

const judged: JudgedPresentation[] = [
  { kind: 'print', person: 'a', scale: 1, lives: [0.9, 0.9, 0.9, 0, 0], acts: ['blink'] },
  { kind: 'print', person: 'a', scale: 0.5, lives: [0.9, 0.9, 0.4, 0, 0], acts: [] },
  { kind: 'print', person: 'b', scale: 1, lives: [0, 0, 0, 0, 0], acts: ['turn-left'] },
  { kind: 'print', person: 'b', scale: 0.5, lives: [0.5, 0.5, 0.5, 0.5, 0.5], acts: [] },
  { kind: 'live', person: 'a', scale: 1, lives: [0.9, 0.9, 0.9, 0.9, 0.9], acts: [] },
  { kind: 'live', person: 'b', scale: 1, lives: [0.9, 0.9, 0.2, 0.2, 0.2], acts: [] },
];

describe('the figures of presentations, worked out by hand', () => {
  it('passes what 3 of 5 frames call live, and with a challenge what also shows the act', () => {
    expect(presentationFigures(judged)).toMatchObject({
      threshold: 0.5,
      print: {
        presentations: 4,
        people: 2,
        frames: 20,
        perFrame: 0.5,
        passedPassive: 2,
        apcerPassive: 0.5,
        challenges: 12,
        // A blink by what does not pass counts for nothing.
        passedChallenge: 1,
        apcerChallenge: 1 / 12,
        actAlone: 2 / 12,
      },
      all: { refusedPassive: 0.5, refusedChallenge: 11 / 12 },
      live: { presentations: 2, refusedLiving: 1, bpcerPassive: 0.5, perFrame: 0.3 },
    });
  });

  it('calls no count by the name of a share: what has an interval has one wherever it stands', () => {
    const groups = Object.values(presentationFigures(judged)).filter(
      (group) => typeof group === 'object' && group !== null,
    );
    const names = (group: object) => Object.keys(group).filter((name) => !/(Low|High)$/.test(name));
    const kinds = groups.flatMap((group) =>
      names(group).map((name) => `${name}${`${name}Low` in group ? ': a share' : ': a count'}`),
    );
    const twice = [...new Set(kinds)].map((kind) => kind.split(':')[0]);
    expect(twice).toEqual([...new Set(twice)]);
  });

  it('draws at each threshold who passes, and who of the living does not', () => {
    const curves = livenessCurves(judged, [0, 0.45, 0.6, 1]);
    expect(curves['print']?.map(({ y }) => y)).toEqual([1, 0.5, 0.25, 0]);
    expect(curves['live']?.map(({ y }) => y)).toEqual([0, 0.5, 0.5, 1]);
  });

  it('are the same after they were kept as CSV', () => {
    expect(presentationsFromCsv(presentationsToCsv(judged))).toEqual(judged);
  });
});
