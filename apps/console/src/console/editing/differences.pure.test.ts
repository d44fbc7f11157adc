import { expect, test } from 'vitest';
import { emptyDraft, personFields } from '../people/person-draft.pure.js';
import { differencesOf, mergedWith } from './differences.pure.js';

const asha = { ...emptyDraft, id: 'asha', name: 'Asha Rao', email: 'asha@campus.example' };

test('two operators who changed the same field are shown both values', () => {
  const mine = { ...asha, name: 'Asha R.', groups: 'staff ' };
  const theirs = { ...asha, name: 'Asha Rao-Lee', groups: 'staff' };
  expect(differencesOf(personFields, mine, theirs)).toEqual([
    { field: 'name', name: 'Name', mine: 'Asha R.', theirs: 'Asha Rao-Lee' },
  ]);
});

test('what someone else changed and one has not touched is never set back', () => {
  const typed = { ...asha, name: 'Asha R.' };
  const now = { ...asha, email: 'asha.rao@campus.example', guard: true };
  expect(mergedWith(personFields, typed, { before: asha, now })).toEqual({
    ...now,
    name: 'Asha R.',
  });
});
