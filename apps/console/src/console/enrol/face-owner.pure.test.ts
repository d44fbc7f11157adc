import { expect, it } from 'vitest';
import { faceOwner } from './face-owner.pure.js';

it('finds who has a face already, also who is being registered, and nobody in other refusals', () => {
  const code = 'LK-PER-011';
  const message = 'The face belongs to s1-024, who is registered (similarity 0.93).';
  expect(faceOwner({ code, message })).toEqual({ person: 's1-024', similarity: '0.93' });
  const moment =
    'The face belongs to ben, who is being registered at this moment (similarity 1.00).';
  expect(faceOwner({ code, message: moment })?.person).toBe('ben');
  expect(faceOwner({ code, message: 'The face is taken.' })).toBeUndefined();
  expect(faceOwner({ code: 'LK-PER-009', message })).toBeUndefined();
});
