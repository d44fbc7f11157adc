import type { PersonDraft } from '../people/person-draft.pure.js';

/** As the contracts' `personId`, which a page cannot import without zod; the test holds the two together. */
const PERSON_ID = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?$/;
/** Refuses only what no address can be: what is one, the gateway says. */
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What an id may be, said beforehand. */
export const ID_HINT =
  'You choose it, such as a staff or student number. Letters and digits, with - and _ between them, at most 64. It stays.';

type Typed = Pick<PersonDraft, 'id' | 'name' | 'email'>;

/** What is missing or cannot be, by its field: all of it at once, before anything is sent. */
export function faultsTyped(draft: Typed): ReadonlyMap<string, string> {
  const { id, name, email } = { ...draft, id: draft.id.trim(), email: draft.email.trim() };
  const faults = new Map<string, string>();
  if (id === '') faults.set('id', 'Choose an id.');
  else if (!PERSON_ID.test(id)) {
    faults.set('id', 'Letters and digits, with - and _ between them, at most 64; no spaces.');
  }
  if (name.trim() === '') faults.set('name', 'Type a name.');
  if (email === '') faults.set('email', 'Type an address: the codes go there.');
  else if (!ADDRESS.test(email)) {
    faults.set('email', 'One plain address, such as asha@example.org.');
  }
  return faults;
}
