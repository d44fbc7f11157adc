import { isGuessedFirst } from './guessed-first.pure.js';

/** NIST SP 800-63B-4, 3.1.1.2: long rather than mixed, and nothing that is known of the person. */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;

/** What is wrong with a password for this operator; undefined where nothing is. */
export function weakness(password: string, username: string): string | undefined {
  const plain = password.toLowerCase();
  if (username.length > 2 && plain.includes(username)) return 'it contains the username';
  if (isRepetition(plain)) return 'it is one thing repeated';
  if (isGuessedFirst(plain)) return 'it is made of words and rows of keys that are guessed first';
  return undefined;
}

/** Whether a text is a part of at most four characters again and again: `aaaa…`, `123123…`. */
function isRepetition(text: string): boolean {
  return [1, 2, 3, 4].some((length) => {
    const part = text.slice(0, length);
    return part.repeat(Math.ceil(text.length / length)).slice(0, text.length) === text;
  });
}
