import { z } from 'zod';

/**
 * Text on one line: no control characters, no line or paragraph separators, no half of a surrogate pair (it cannot be
 * written as UTF-8), and none of the marks that turn text around and so make one name look like another (Unicode UAX #9).
 */
export const oneLine = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]*$/u;

/** A name that can be seen: spaces, marks and characters of no width alone name nobody. */
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

const name = z
  .string()
  // Before it is trimmed: a line break at its end is a fault, too.
  .regex(oneLine, 'stands on one line, without control characters or marks that turn text around')
  .trim()
  .normalize('NFC')
  .min(1)
  .max(100)
  .regex(LETTER_OR_DIGIT, 'has a letter or a digit');

/** How a person is called: 1-100 characters on one line, trimmed, in Unicode's composed form (NFC). */
export const personName = name.meta({
  description: 'How the person is greeted and named in mails.',
  examples: ['Asha Rao'],
});

/** How a door is called, as `personName`. */
export const doorName = name.meta({
  description: 'How the door is called in mails and on its display.',
  examples: ['Library, north entrance'],
});
