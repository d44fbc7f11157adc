import { describe, expect, it } from 'vitest';
import { cookieOf, sessionKey, setCookie } from './cookie.pure.js';
import { weakness } from './password-rule.pure.js';
import { newTotp, stepOf } from './totp.pure.js';

const value = 'A'.repeat(43);

describe('the cookie', () => {
  it.each([
    [`latchkey=${value}`, value],
    [`theme=dark; latchkey=${value}; other=1`, value],
    [`latchkeys=${value}`, undefined],
    [`latchkey=${value}x`, undefined],
    ['latchkey=', undefined],
    [`latchkey="${value}"`, undefined],
    [undefined, undefined],
  ])('of %j is %j', (header, expected) => {
    expect(cookieOf(header, false)).toBe(expected);
    expect(cookieOf(header?.replace('latchkey', '__Host-latchkey'), true)).toBe(expected);
  });

  it('is over TLS none that another host of the same domain could have planted', () => {
    expect(cookieOf(`latchkey=${value}`, true)).toBeUndefined();
    const planted = `latchkey=${'B'.repeat(43)}; __Host-latchkey=${value}`;
    expect(cookieOf(planted, true)).toBe(value);
    expect(setCookie(value, true)).toBe(
      `__Host-latchkey=${value}; HttpOnly; SameSite=Strict; Path=/; Secure`,
    );
  });

  it('goes over TLS alone where there is TLS', () => {
    expect(setCookie(value, true)).toContain('; Secure');
    expect(setCookie(value, false)).not.toContain('Secure');
    expect(setCookie(undefined, false)).toMatch(/^latchkey=; Max-Age=0; HttpOnly/);
  });

  it('cannot be told from where its session lies', () => {
    expect(sessionKey(value)).toMatch(/^[\w-]{43}$/);
    expect(sessionKey(value)).not.toContain(value);
  });
});

describe('a password', () => {
  it.each([
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    '123412341234',
    'I am Asha.Rao 2026',
    'password1234',
    'Password2026!',
    'P@ssw0rd1234',
    '123456789012',
    'qwertyuiop12',
    'passwordpassword',
    'Welcome to the campus',
    'asdfghjkl;123',
    'Summer-2026-Summer',
    'letmeinletmein',
    'administrator1',
  ])('like %s is weak', (password) => {
    expect(weakness(password, 'asha.rao')).toBeTypeOf('string');
  });
  it.each([
    'correct horse battery',
    'twelve chars',
    'the door of my campus sings',
    'पासवर्ड लंबा है',
    'ab'.repeat(5) + 'cd',
  ])('like %s is not', (password) => {
    expect(weakness(password, 'asha.rao')).toBeUndefined();
  });
});

describe('a second factor’s code', () => {
  // RFC 6238, appendix B: the secret of its test vectors, and the last six of eight digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_234_567_890, '005924', 41_152_263],
    [20_000_000_000, '353130', 666_666_666],
  ])('at %d s is the one of the standard', (timeS, code, step) => {
    expect(stepOf(secret, code, timeS * 1_000)).toBe(step);
    // Its step is the same wherever in the window it is shown.
    expect(stepOf(secret, code, (timeS + 30) * 1_000)).toBe(step);
    expect(stepOf(secret, code, (timeS - 30) * 1_000)).toBe(step);
    expect(stepOf(secret, code, (timeS + 60) * 1_000)).toBeNull();
    expect(stepOf(secret, code, (timeS + 90) * 1_000)).toBeNull();
  });

  it('is of a secret of 160 random bits', () => {
    const made = [newTotp('asha'), newTotp('asha')];
    expect(made[0]?.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(made[0]?.secret).not.toBe(made[1]?.secret);
  });
});
