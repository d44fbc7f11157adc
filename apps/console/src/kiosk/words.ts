import en from './messages/en.json' with { type: 'json' };
import type { Messages } from './words.pure.js';

/** Every file of the folder is a language: to add one is to add its file. */
const files = import.meta.glob<Messages>('./messages/*.json', { eager: true, import: 'default' });

const byLanguage = new Map(
  Object.entries(files).map(([path, messages]) => [path.replace(/^.*\/|\.json$/g, ''), messages]),
);

/** The languages that there are, as `en`, with the name that each gives itself. */
export const languages: readonly { readonly id: string; readonly name: string }[] = [
  ...byLanguage,
].map(([id, { name }]) => ({ id, name }));

/** The words of a language; English where there are none. */
export function wordsOf(language: string): Messages {
  return byLanguage.get(language) ?? en;
}
