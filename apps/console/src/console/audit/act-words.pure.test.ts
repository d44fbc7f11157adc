import { auditAction } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import { actNames, actWords, byWords, detailWords, outcomeWords } from './act-words.pure.js';

it.each(auditAction.options)('%s is told in words', (action) => {
  expect(actWords(action)).toMatch(/^[A-Z{]/);
  expect(actWords(action)).not.toContain(action);
});

it('offers every act as a filter, in words without a gap', () => {
  expect(actNames.map(([action]) => action).toSorted()).toEqual(auditAction.options.toSorted());
  for (const [, name] of actNames) expect(name).toMatch(/^[A-Z][^{}]+$/);
  expect(Object.fromEntries(actNames)).toMatchObject({
    'door.removed': 'Removed a door',
    'operator.signed-in': 'An operator signed in',
    'operator.created': 'Made somebody an operator',
    'operator.sign-in-failed': 'Somebody failed to sign in as an operator',
    'photograph.viewed': 'Looked at a photograph taken at a door',
    'door.picture-viewed': 'Looked at what the camera of a door sees',
  });
});

it('says how an act ended only where that is not as one expects', () => {
  expect(outcomeWords('done')).toBeNull();
  expect(outcomeWords('LK-MAIL-002')).toEqual({ text: 'Failed: LK-MAIL-002', isBad: true });
  expect(outcomeWords('begun')?.isBad).toBe(true);
  expect(outcomeWords('exported-12')).toEqual({ text: '12 people', isBad: false });
  expect(outcomeWords('broken-off-at-3')?.text).toBe('Broken off after 3 people');
});

it('names programs by what they are, and operators by name', () => {
  expect(byWords('mira')).toBe('mira');
  expect(byWords('token')).toBe('Operator token');
  expect(byWords('constructor')).toBe('constructor');
});

it('tells which fields of a person were changed as their form calls them', () => {
  expect(detailWords('person.changed', 'email, groups')).toBe('E-mail, Groups');
});
