import { expect, test } from 'vitest';
import { emptyDraft, factsOf } from './person-draft.pure.js';

test('groups are read from one line, each once', () => {
  expect(factsOf({ ...emptyDraft, groups: ' staff, night ,staff,, ' }).groups).toEqual([
    'staff',
    'night',
  ]);
});
