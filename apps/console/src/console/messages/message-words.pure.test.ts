import { mailOccasion } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import { occasionWords } from './message-words.pure.js';

it('calls no mail by its name in programs, also not the one to somebody whose registration failed', () => {
  for (const occasion of [...mailOccasion.options, 'applicant']) {
    expect(occasionWords(occasion)).toMatch(/^[A-Z]/);
  }
  expect(occasionWords('of-tomorrow')).toBe('of tomorrow');
});
