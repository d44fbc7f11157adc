import { expect, test } from 'vitest';
import { titleWords } from './title-words.pure.js';

test('a title says the page, its area, and how much waits for somebody', () => {
  expect(titleWords({ heading: 'Library', area: 'Doors', open: 2 })).toBe(
    '(2) Library · Doors · Latchkey',
  );
  expect(titleWords({ heading: 'Audit', area: 'Audit', open: 0 })).toBe('Audit · Latchkey');
  expect(titleWords({ heading: '', area: '', open: 0 })).toBe('Latchkey');
});
