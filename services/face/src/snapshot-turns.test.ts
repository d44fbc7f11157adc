import { expect, it } from 'vitest';
import { BEHIND_MS, SnapshotTurns, snapshotPaceMs } from './snapshot-turns.js';

const START = 1_790_000_000_000;

it('keeps a stranger’s picture each second, a known person’s rarer, and fewest where the worker is behind', () => {
  const [stranger, known, behind] = [
    snapshotPaceMs(1_000, { isKnown: false, ageMs: 40 }),
    snapshotPaceMs(1_000, { isKnown: true, ageMs: 40 }),
    snapshotPaceMs(1_000, { isKnown: false, ageMs: BEHIND_MS + 1 }),
  ];
  expect(stranger).toBe(1_000);
  expect(known).toBeGreaterThan(stranger);
  expect(behind).toBeGreaterThan(known);
});

it('gives the next stranger a turn at once where only a known person’s picture was kept a while ago', () => {
  const turns = new SnapshotTurns();
  expect(turns.take('gate', START, 3_000)).toBe(true);
  expect(turns.take('gate', START + 1_500, 3_000)).toBe(false);
  expect(turns.take('gate', START + 1_500, 1_000)).toBe(true);
  expect(turns.take('yard', START + 1_500, 1_000)).toBe(true);
});

it('counts what another worker kept', () => {
  const turns = new SnapshotTurns();
  turns.note('gate', START);
  expect(turns.take('gate', START + 999, 1_000)).toBe(false);
  expect(turns.take('gate', START + 1_000, 1_000)).toBe(true);
});
