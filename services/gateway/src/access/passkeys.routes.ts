import { defineRoute } from '../http/route.js';
import { me, operator, operatorParams } from './access.schemas.js';
import * as schemas from './passkeys.schemas.js';

const tag = 'Access';
const cookie = { 'Set-Cookie': 'The cookie `latchkey`, by which the browser is known.' };

export const beginPasskeySignIn = defineRoute({
  id: 'beginPasskeySignIn',
  method: 'post',
  path: '/sign-in/passkey/options',
  tag,
  summary: 'Begin to sign in with a passkey: what it is to sign, good once and for five minutes.',
  status: 200,
  answer: schemas.requestOptions,
  errors: ['LK-PKY-005'],
});

export const signInByPasskey = defineRoute({
  id: 'signInByPasskey',
  method: 'post',
  path: '/sign-in/passkey',
  tag,
  summary: 'Sign in with a passkey, without name and password.',
  details:
    'The device asks for a finger, a face or a PIN, so a passkey stands for both factors. Whatever is wrong is answered alike.',
  body: schemas.passkeySignIn,
  status: 200,
  answer: me,
  answerHeaders: cookie,
  errors: ['LK-PKY-001', 'LK-PKY-005'],
});

export const listPasskeys = defineRoute({
  id: 'listPasskeys',
  method: 'get',
  path: '/me/passkeys',
  tag,
  summary: 'List your passkeys, and where they work.',
  status: 200,
  answer: schemas.passkeys,
  errors: ['LK-OPR-003'],
});

export const beginPasskey = defineRoute({
  id: 'beginPasskey',
  method: 'post',
  path: '/me/passkeys/options',
  tag,
  summary: 'Begin to add a passkey: what is asked of the device, good once and for five minutes.',
  body: schemas.passkeyBegin,
  status: 200,
  answer: schemas.creationOptions,
  errors: ['LK-AUTH-013', 'LK-OPR-003', 'LK-PKY-005'],
});

export const addPasskey = defineRoute({
  id: 'addPasskey',
  method: 'post',
  path: '/me/passkeys',
  tag,
  summary: 'Add the passkey that the device made.',
  body: schemas.newPasskey,
  status: 201,
  answer: schemas.passkey,
  errors: ['LK-OPR-003', 'LK-PKY-002', 'LK-PKY-004', 'LK-PKY-005'],
});

export const removePasskey = defineRoute({
  id: 'removePasskey',
  method: 'delete',
  path: '/me/passkeys/{passkey}',
  tag,
  summary: 'Take one of your passkeys away. Wherever else you are signed in, that ends.',
  params: schemas.passkeyParams,
  body: schemas.passkeyBegin,
  status: 204,
  answerHeaders: cookie,
  errors: ['LK-AUTH-013', 'LK-OPR-003', 'LK-PKY-003'],
});

export const removeOperatorPasskeys = defineRoute({
  id: 'removeOperatorPasskeys',
  method: 'delete',
  path: '/operators/{username}/passkeys',
  tag,
  summary: 'Take all passkeys of an operator away, as after a loss; they are signed out.',
  params: operatorParams,
  faultCodes: { 'params.username': 'LK-OPR-001' },
  status: 200,
  answer: operator,
  answerHeaders: { ETag: 'The version, quoted.' },
  errors: ['LK-OPR-001', 'LK-OPR-003', 'LK-PKY-003'],
});
