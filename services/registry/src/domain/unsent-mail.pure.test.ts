import { expect, it } from 'vitest';
import { isMailOf } from './unsent-mail.pure.js';

const stored = (data: unknown) => new TextEncoder().encode(JSON.stringify({ id: 'e1', data }));

it.each([
  ['a code', { person: 's1', sealed: 'BOX' }],
  ['a mail to them', { recipient: 's1', about: 's2', sealed: null }],
  ['the name of an applicant', { recipient: 's2', about: 's1', sealed: 'BOX' }],
])('drops %s with the person', (_, data) => {
  expect(isMailOf('s1', stored(data))).toBe(true);
  expect(isMailOf('s3', stored(data))).toBe(false);
});

it('keeps an alarm, which names them by id alone, and what cannot be read', () => {
  expect(isMailOf('s1', stored({ recipient: 's2', about: 's1', sealed: null }))).toBe(false);
  expect(isMailOf('s1', stored({ person: 's1', door: 'north' }))).toBe(false);
  expect(isMailOf('s1', stored('s1'))).toBe(false);
  expect(isMailOf('s1', new TextEncoder().encode('{"data":{"recipient":"s1"'))).toBe(false);
});
