import { expect, it } from 'vitest';
import { plain, textTable } from './text-table.pure.js';

it('puts cells below each other, and ends no line with spaces', () => {
  const rows = [
    ['ID', 'WHY'],
    ['1', 'long'],
    ['1000', ''],
  ];
  expect(textTable(rows)).toBe('ID    WHY\n1     long\n1000\n');
});

it('lets no control character reach the terminal', () => {
  expect(plain('red \u001b[31m\n')).toBe('red ?[31m?');
  expect(plain(null)).toBe('-');
});
