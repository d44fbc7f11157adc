import { defineRoute } from '../http/route.js';
import { ifMatch } from '../http/words.schemas.js';
import * as schemas from './access.schemas.js';

const tag = 'Access';
const cookie = { 'Set-Cookie': 'The cookie `latchkey`, by which the browser is known.' };
const weak = { 'body.username': 'LK-OPR-001', 'body.name': 'LK-PER-005' } as const;

export const signIn = defineRoute({
  id: 'signIn',
  method: 'post',
  path: '/sign-in',
  tag,
  summary: 'Sign in with a name and a password, and a code where there is a second factor.',
  details:
    'Without `code` 401 `LK-AUTH-011` says that one is needed. Each code is good once. Writes by cookie need the header `X-Latchkey: 1`, this one too; reads with `X-Latchkey: background` do not count as activity.',
  body: schemas.signInBody,
  status: 200,
  answer: schemas.me,
  answerHeaders: cookie,
  errors: ['LK-AUTH-010', 'LK-AUTH-011'],
});

export const signOut = defineRoute({
  id: 'signOut',
  method: 'post',
  path: '/sign-out',
  tag,
  summary: 'Sign out here.',
  status: 204,
  errors: [],
});

export const getMe = defineRoute({
  id: 'getMe',
  method: 'get',
  path: '/me',
  tag,
  summary: 'Who is signed in, and all that they may do.',
  status: 200,
  answer: schemas.me,
  errors: [],
});

export const getFirstAdministrator = defineRoute({
  id: 'getFirstAdministrator',
  method: 'get',
  path: '/first-administrator',
  tag,
  summary: 'Whether there is no operator yet, so that the one-time link is to be used.',
  status: 200,
  answer: schemas.firstAdministrator,
  errors: [],
});

export const createFirstAdministrator = defineRoute({
  id: 'createFirstAdministrator',
  method: 'post',
  path: '/first-administrator',
  tag,
  summary: 'Become the first administrator, by the one-time link; signs in, too.',
  body: schemas.newAdministrator,
  status: 200,
  answer: schemas.me,
  answerHeaders: cookie,
  errors: ['LK-AUTH-012', 'LK-OPR-001', 'LK-OPR-005', 'LK-PER-005'],
  faultCodes: { ...weak, 'body.password': 'LK-OPR-005' },
});

export const changePassword = defineRoute({
  id: 'changePassword',
  method: 'put',
  path: '/me/password',
  tag,
  summary: 'Change your password. Wherever else you are signed in, that ends.',
  body: schemas.passwordChange,
  status: 204,
  answerHeaders: cookie,
  errors: ['LK-AUTH-013', 'LK-OPR-003', 'LK-OPR-005'],
  faultCodes: { 'body.next': 'LK-OPR-005' },
});

export const beginTotp = defineRoute({
  id: 'beginTotp',
  method: 'post',
  path: '/me/totp',
  tag,
  summary: 'Have a secret made for a second factor; a code of it confirms it.',
  body: schemas.ownPassword,
  status: 200,
  answer: schemas.totpSecret,
  errors: ['LK-AUTH-013', 'LK-OPR-003', 'LK-OPR-006'],
});

export const confirmTotp = defineRoute({
  id: 'confirmTotp',
  method: 'post',
  path: '/me/totp/confirm',
  tag,
  summary: 'Show a code of the secret that was made last; from then on signing in needs one.',
  details: 'You are signed out everywhere but here.',
  body: schemas.totpCode,
  status: 204,
  errors: ['LK-AUTH-014', 'LK-OPR-003', 'LK-OPR-006'],
});

export const removeTotp = defineRoute({
  id: 'removeTotp',
  method: 'delete',
  path: '/me/totp',
  tag,
  summary: 'Take your second factor away.',
  details: 'You are signed out everywhere but here.',
  body: schemas.ownPassword,
  status: 204,
  errors: ['LK-AUTH-013', 'LK-OPR-003', 'LK-OPR-006'],
});

const one = {
  tag,
  params: schemas.operatorParams,
  faultCodes: { 'params.username': 'LK-OPR-001', 'body.name': 'LK-PER-005' },
} as const;
const ETag = { ETag: 'The version, quoted.' };

export const listOperators = defineRoute({
  id: 'listOperators',
  method: 'get',
  path: '/operators',
  tag,
  summary: 'List all operators.',
  status: 200,
  answer: schemas.operators,
  errors: [],
});

export const createOperator = defineRoute({
  id: 'createOperator',
  method: 'post',
  path: '/operators',
  tag,
  summary: 'Add an operator.',
  body: schemas.newOperator,
  status: 201,
  answer: schemas.operator,
  answerHeaders: ETag,
  errors: ['LK-OPR-001', 'LK-OPR-002', 'LK-OPR-005', 'LK-PER-005', 'LK-SSO-004', 'LK-SSO-005'],
  faultCodes: { ...weak, 'body.password': 'LK-OPR-005' },
});

export const updateOperator = defineRoute({
  ...one,
  id: 'updateOperator',
  method: 'put',
  path: '/operators/{username}',
  summary: 'Change an operator. With another role, or disabled, they are signed out.',
  details:
    'Needs `If-Match` with the version that was read; 412 where another changed it meanwhile.',
  headers: ifMatch,
  body: schemas.operatorChange,
  status: 200,
  answer: schemas.operator,
  answerHeaders: ETag,
  errors: ['LK-OPR-001', 'LK-OPR-003', 'LK-OPR-004', 'LK-PER-005', 'LK-STO-002'],
});

export const resetOperatorPassword = defineRoute({
  ...one,
  id: 'resetOperatorPassword',
  method: 'put',
  path: '/operators/{username}/password',
  summary: 'Give an operator a new password; they are signed out.',
  body: schemas.passwordReset,
  status: 200,
  answer: schemas.operator,
  answerHeaders: ETag,
  errors: ['LK-OPR-001', 'LK-OPR-003', 'LK-OPR-005'],
  faultCodes: { ...one.faultCodes, 'body.password': 'LK-OPR-005' },
});

export const removeOperator = defineRoute({
  ...one,
  id: 'removeOperator',
  method: 'delete',
  path: '/operators/{username}',
  summary: 'Take an operator away; they are signed out.',
  status: 204,
  errors: ['LK-OPR-001', 'LK-OPR-003', 'LK-OPR-004'],
});
