import { expect, test } from 'vitest';
import { differencesOf, emptyDraft, factsOf, mergedWith } from './person-draft.pure.js';

const asha = { ...emptyDraft, id: 'asha', name: 'Asha Rao', email: 'asha@campus.example' };

test('groups are read from one line, each once', () => {
  expect(factsOf({ ...asha, groups: ' staff, night ,staff,, ' }).groups).toEqual([
    'staff',
    'night',
  ]);
});

test('two operators who changed the same field are shown both values', () => {
  const mine = { ...asha, name: 'Asha R.', groups: 'staff ' };
  const theirs = { ...asha, name: 'Asha Rao-Lee', groups: 'staff' };
  expect(differencesOf(mine, theirs)).toEqual([
    { field: 'name', mine: 'Asha R.', theirs: 'Asha Rao-Lee' },
  ]);
});

test('what someone else changed and one has not touched is never set back', () => {
  const typed = { ...asha, name: 'Asha R.' };
  const now = { ...asha, email: 'asha.rao@campus.example', guard: true };
  expect(mergedWith(typed, { before: asha, now })).toEqual({ ...now, name: 'Asha R.' });
});
