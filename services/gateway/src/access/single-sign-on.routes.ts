import { defineRoute } from '../http/route.js';
import { operator, operatorParams } from './access.schemas.js';
import * as schemas from './single-sign-on.schemas.js';

const tag = 'Access';
const ETag = { ETag: 'The version, quoted.' };

export const getSignInWays = defineRoute({
  id: 'getSignInWays',
  method: 'get',
  path: '/sign-in/ways',
  tag,
  summary: 'By what one can sign in besides a name and a password.',
  status: 200,
  answer: schemas.signInWays,
  errors: [],
});

export const beginSingleSignOn = defineRoute({
  id: 'beginSingleSignOn',
  method: 'post',
  path: '/sign-in/single-sign-on',
  tag,
  summary:
    'Begin to sign in at the campus’s own provider; the browser goes to the answer’s address.',
  body: schemas.signOnBegin,
  status: 200,
  answer: schemas.signOnBegun,
  answerHeaders: { 'Set-Cookie': 'For ten minutes: who ends it must be who began it.' },
  errors: ['LK-SSO-003', 'LK-SSO-004'],
});

export const finishSingleSignOn = defineRoute({
  id: 'finishSingleSignOn',
  method: 'get',
  path: '/sign-in/single-sign-on/answer',
  tag,
  summary: 'Where the provider sends the browser back to; it goes on to the console.',
  details:
    'Takes the provider’s answer (`code`, `state`, `iss`, or `error`). What was refused is told in the console’s place, as `refused=<code>`.',
  status: 303,
  answerHeaders: { Location: 'A place of the console.', 'Set-Cookie': 'The cookie `latchkey`.' },
  errors: [],
});

const one = {
  tag,
  params: operatorParams,
  status: 200,
  answer: operator,
  answerHeaders: ETag,
  faultCodes: { 'params.username': 'LK-OPR-001' },
} as const;

export const setOperatorSingleSignOn = defineRoute({
  ...one,
  id: 'setOperatorSingleSignOn',
  method: 'put',
  path: '/operators/{username}/single-sign-on',
  summary: 'Invite an operator to sign in by single sign-on; they are signed out.',
  details: 'An account that was bound to them is not any more: the next one under `as` is.',
  body: schemas.singleSignOnChange,
  errors: ['LK-OPR-001', 'LK-OPR-003', 'LK-SSO-004', 'LK-SSO-005'],
});

export const removeOperatorSingleSignOn = defineRoute({
  ...one,
  id: 'removeOperatorSingleSignOn',
  method: 'delete',
  path: '/operators/{username}/single-sign-on',
  summary: 'Let an operator sign in by single sign-on no longer; they are signed out.',
  errors: ['LK-OPR-001', 'LK-OPR-003', 'LK-SSO-005'],
});
