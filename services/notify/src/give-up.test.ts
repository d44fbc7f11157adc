import { expect, it } from 'vitest';
import { isWorthATry } from './give-up.pure.js';

const HOUR_MS = 3_600_000;

it('a mail is tried over an outage of hours, however often that is', () => {
  expect(isWorthATry({ ageMs: 23 * HOUR_MS, tries: 1_000, isDefect: false })).toBe(true);
});

it('a mail is given up after a day', () => {
  expect(isWorthATry({ ageMs: 24 * HOUR_MS, tries: 1, isDefect: false })).toBe(false);
});

it('a defect of our own is not tried for a day', () => {
  expect(isWorthATry({ ageMs: 0, tries: 11, isDefect: true })).toBe(true);
  expect(isWorthATry({ ageMs: 0, tries: 12, isDefect: true })).toBe(false);
});
