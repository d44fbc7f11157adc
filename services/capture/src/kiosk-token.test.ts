import { expect, it } from 'vitest';
import { digestOfToken, isDoorToken } from './kiosk-token.js';

it('lets in only the door’s own token, and nobody at a door that has none', () => {
  const digest = digestOfToken('the-token-of-this-door');
  expect(digest).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(isDoorToken(digest, digest)).toBe(true);
  expect(isDoorToken(digestOfToken('the-token-of-this-doo'), digest)).toBe(false);
  for (const none of [null, undefined]) {
    expect(isDoorToken(digest, none)).toBe(false);
    expect(isDoorToken(digestOfToken('no door has this token'), none)).toBe(false);
  }
});
