/** How much of a name decides the order of a list. */
const ORDER_LENGTH = 40;
/** More words than a name and an address can sensibly have, so that the index stays small. */
const WORDS_MAX = 40;
const TERMS_MAX = 5;
const ACCENTS = /[\u0300-\u036f]/g;
/** What parts words; marks belong to them, for many scripts write vowels as marks. */
const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/u;

/** A text as it is searched and sorted: without case, without accents of letters. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(ACCENTS, '').toLowerCase().normalize('NFC');
}

/** What a person's place in a list by name is decided by. */
export function nameInOrder(name: string): string {
  // By code points: half a surrogate pair cannot be stored.
  return Array.from(folded(name)).slice(0, ORDER_LENGTH).join('');
}

/** Every word by which a person is found: those of the id, the name and the address, and each of these as it is written. */
export function wordsOf(person: { id: string; name: string; email: string }): string[] {
  const written = [person.id, person.email, ...person.name.split(/\s+/)].map(folded);
  const words = written.flatMap((text) => [text, ...text.split(BETWEEN_WORDS)]);
  return [...new Set(words)].filter((word) => word !== '').slice(0, WORDS_MAX);
}

/** What is searched for, each of which must begin one of the person's words; the first five count. */
export function termsOf(q: string): string[] {
  const terms = folded(q).split(/\s+/);
  return [...new Set(terms)].filter((term) => term !== '').slice(0, TERMS_MAX);
}
