import { username } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import { faultsTyped } from './operator-faults.pure.js';

const good = { name: 'Mira Stein', username: 'mira', password: 'correct horse battery' };

it('says all that is missing of who is to run the campus, in sentences', () => {
  const nothing = { name: ' ', username: '', password: 'short' };
  expect([...faultsTyped(nothing, true).values()]).toEqual([
    'Say your name.',
    'Choose a username: a short word, such as mira.',
    'A password has 12 to 200 characters.',
  ]);
  expect(faultsTyped(nothing, false).get('name')).toBe('Type a name.');
});

it('says that a username has no spaces, and refuses none that the gateway takes', () => {
  expect(faultsTyped({ ...good, username: 'mira stein' }, true).get('username')).toContain(
    'Spaces',
  );
  for (const one of ['mira', ' Mira ', 'asha.rao']) {
    expect(username.safeParse(one).success).toBe(true);
    expect(faultsTyped({ ...good, username: one }, true).size).toBe(0);
  }
});

it('asks for no password of who has none', () => {
  expect(faultsTyped({ ...good, password: undefined }, false).size).toBe(0);
});
