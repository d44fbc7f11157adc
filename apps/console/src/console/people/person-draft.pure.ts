import type { Language } from '@latchkey/contracts/consent';
import type { Answer } from '@latchkey/gateway/api';
import type { EditedField } from '../editing/differences.pure.js';

export type Person = Answer<'getPerson'>;

/** The languages that mails and doors speak, each by its own name. */
export const languages: Readonly<Record<Language, string>> = {
  en: 'English',
  hi: 'हिन्दी',
  es: 'Español',
};

/** What is typed of a person; groups as one line, with commas between them. */
export interface PersonDraft {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly guard: boolean;
  readonly groups: string;
}

export const emptyDraft: PersonDraft = {
  id: '',
  name: '',
  email: '',
  language: 'en',
  guard: false,
  groups: '',
};

/** A person as one would have typed them. */
export function draftOf({ id, name, email, language, guard, groups }: Person): PersonDraft {
  return { id, name, email, language, guard, groups: groups.join(', ') };
}

/** What is sent of what was typed: without the spaces around it, each group once. */
export function factsOf({ name, email, language, guard, groups }: PersonDraft) {
  const named = groups.split(',').map((group) => group.trim());
  return {
    name: name.trim(),
    email: email.trim(),
    language,
    guard,
    groups: [...new Set(named.filter(Boolean))],
  };
}

/** What each field is called; in the order in which they stand. */
export const fieldNames = {
  name: 'Name',
  email: 'E-mail',
  language: 'Language',
  guard: 'Guard',
  groups: 'Groups',
} as const;

/** What of a person is edited. */
export const personFields: readonly EditedField<PersonDraft>[] = (
  Object.keys(fieldNames) as (keyof typeof fieldNames)[]
).map((field) => ({ field, name: fieldNames[field], word: (draft) => word(draft, field) }));

function word(draft: PersonDraft, field: keyof typeof fieldNames): string {
  const facts = factsOf(draft);
  if (field === 'guard') return facts.guard ? 'Yes' : 'No';
  if (field === 'language') return languages[facts.language];
  if (field === 'groups') return facts.groups.join(', ');
  return facts[field];
}
