/** What lists of leaked passwords begin with, and what anybody tries here; of the longest first. */
const WORDS = [
  'administrator',
  'trustno1',
  'basketball',
  'chocolate',
  'letmeinnow',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'superman',
  'whatever',
  'passwort',
  'password',
  'passw0rd',
  'passphrase',
  'iloveyou',
  'changeme',
  'contrasena',
  'computer',
  'internet',
  'operator',
  'security',
  'latchkey',
  'starwars',
  'michelle',
  'jennifer',
  'welcome',
  'letmein',
  'freedom',
  'charlie',
  'michael',
  'default',
  'company',
  'gateway',
  'october',
  'january',
  'february',
  'november',
  'december',
  'september',
  'monkey',
  'dragon',
  'master',
  'shadow',
  'summer',
  'winter',
  'spring',
  'autumn',
  'secret',
  'access',
  'campus',
  'please',
  'login',
  'admin',
  'guard',
  'hello',
  'test',
  'user',
  'root',
  'pass',
  'door',
  'love',
  'open',
  'key',
  'the',
  'my',
].toSorted((one, other) => other.length - one.length);

/** Rows of keyboards, the digits and the alphabet: four or more in a row, either way, are nothing new. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
];
const MORE_ROWS = ['asdfghjkl', 'zxcvbnm', 'yxcvbnm', '1qaz2wsx3edc4rfv5tgb', 'qazwsxedcrfvtgb'];
const ROW_LENGTH = 4;
/** What is left must be worth a guess of its own: two digits or a sign at the end are not. */
const LEFT_LENGTH = 6;

const rows = [...ROWS, ...MORE_ROWS].flatMap((row) => [row, row.split('').toReversed().join('')]);
const LEET: Readonly<Record<string, string>> = { '@': 'a', $: 's', '0': 'o', '3': 'e', '!': 'i' };

/** Whether a password, in lower case, is made of little else than what everybody guesses first. */
export function isGuessedFirst(password: string): boolean {
  const spelled = password.replaceAll(/[@$03!]/g, (letter) => LEET[letter] ?? letter);
  return [password, spelled].some((text) => leftOf(text) < LEFT_LENGTH);
}

/** How many letters are left without words and rows, and what is between them. */
function leftOf(text: string): number {
  let left = 0;
  for (let at = 0; at < text.length; ) {
    const taken = Math.max(wordAt(text, at), rowAt(text, at), yearAt(text, at));
    if (taken === 0 && /[\p{L}\p{N}]/u.test(text[at] ?? '')) left += 1;
    at += Math.max(1, taken);
  }
  return left;
}

function wordAt(text: string, at: number): number {
  return WORDS.find((word) => text.startsWith(word, at))?.length ?? 0;
}

function rowAt(text: string, at: number): number {
  let longest = 0;
  for (let length = ROW_LENGTH; at + length <= text.length; length += 1) {
    const part = text.slice(at, at + length);
    if (!rows.some((row) => row.includes(part))) break;
    longest = length;
  }
  return longest;
}

function yearAt(text: string, at: number): number {
  return /^(19|20)\d\d/.test(text.slice(at, at + 4)) ? 4 : 0;
}
