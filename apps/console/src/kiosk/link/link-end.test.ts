import { expect, it } from 'vitest';
import { asTyped, isWhole } from './code-field.pure.js';
import { afterClose, retryAfterMs } from './link-end.pure.js';

/** Of a kiosk that has stood at its door before. */
const known = { isOnline: true, isNew: false, failures: 1 };

it('tells apart why a connection ended', () => {
  expect([4401, 4409, 4429, 4503].map((code) => afterClose(code, known, null))).toEqual([
    'revoked',
    'replaced',
    'crowded',
    'broker',
  ]);
  expect(afterClose(1006, known, null)).toBe('service');
  expect(afterClose(1006, { ...known, isOnline: false }, 'service')).toBe('offline');
});

it('doubts for a while that its door parts from it where it was paired just now', () => {
  const after = (failures: number, code = 4401) =>
    afterClose(code, { ...known, isNew: true, failures }, null);
  expect([1, 15, 16].map((failures) => after(failures))).toEqual([
    'being-set-up',
    'being-set-up',
    'revoked',
  ]);
  expect(after(1, 4429)).toBe('crowded');
  expect(retryAfterMs('being-set-up', 9, 0.5)).toBe(5_000);
});

it('stays parted from its door until the door says otherwise', () => {
  const after = (code: number) =>
    afterClose(code, { ...known, isOnline: code !== 1006 }, 'revoked');
  expect([1006, 1001, 4503].map(after)).toEqual(['revoked', 'revoked', 'revoked']);
  expect(after(4429)).toBe('crowded');
});

it('tries again later and later, within seconds, but never takes another window’s place by itself', () => {
  const waits = [1, 2, 3, 4, 9].map((failures) => retryAfterMs('service', failures, 0.5));
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 5_000]);
  expect(retryAfterMs('replaced', 1, 0.5)).toBeNull();
  expect(retryAfterMs('crowded', 1, 0.5)).toBe(15_000);
  expect(retryAfterMs('revoked', 1, 0.5)).toBe(60_000);
});

it('shows a code as it is typed: upper case, in two groups', () => {
  expect(['k7q', 'k7qm', 'k7qm4', 'K7QM-4FXA', 'k7qm 4fxa 99'].map(asTyped)).toEqual([
    'K7Q',
    'K7QM',
    'K7QM-4',
    'K7QM-4FXA',
    'K7QM-4FXA',
  ]);
  expect(isWhole('K7QM-4FX')).toBe(false);
  expect(isWhole('K7QM-4FXA')).toBe(true);
});
