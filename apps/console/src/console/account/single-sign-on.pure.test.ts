import { expect, it } from 'vitest';
import { refusalOf } from './single-sign-on.pure.js';

it('says plainly why a single sign-on was refused, by the name that operators know it by', () => {
  expect(refusalOf('LK-SSO-001', 'Campus login').message).toBe(
    'Nobody is known here by your account of Campus login.',
  );
});

it.each(['LK-XXX-999', '<b>', 'constructor', '__proto__', ''])(
  'shows nothing that an address says: %s',
  (code) => {
    expect(refusalOf(code, 'Campus login')).toEqual({
      message: 'Signing in with Campus login did not work.',
      action: 'Try again shortly, or sign in with your password.',
      code: '',
    });
  },
);
