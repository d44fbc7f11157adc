import { consoleCodes, errorCodes } from '@latchkey/contracts';
import { devstackCodes } from '@latchkey/devstack';
import { VISION_ERRORS } from '@latchkey/vision';
import { expect, it } from 'vitest';

it('the reference lists each code that vision and the dev stack have, with their own words', () => {
  const titles = Object.entries(consoleCodes).map(([code, { title }]) => [code, title]);
  expect(Object.fromEntries(titles)).toEqual({ ...devstackCodes, ...VISION_ERRORS });
});

it('no code means two things', () => {
  const both = Object.keys(consoleCodes).filter((code) => code in errorCodes);
  expect(both).toEqual([]);
});
