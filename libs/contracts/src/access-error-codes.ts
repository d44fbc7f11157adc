import { away, type ErrorCodeFacts, missing, refused, state, taken } from './error-code-facts.js';

const nobody = { http: 401, grpc: 'UNAUTHENTICATED' } as const;
const forbidden = { http: 403, grpc: 'PERMISSION_DENIED' } as const;

/** The codes of who may do what: signing in, roles, operators. */
export const accessErrorCodes = {
  'LK-AUTH-001': {
    title: 'Nobody is signed in.',
    action: 'Sign in at the console, or send `Authorization: Bearer <operator token>`.',
    ...nobody,
  },
  'LK-AUTH-002': {
    title: 'The token is not valid.',
    action: 'Use the operator token that was printed at the first start.',
    ...nobody,
  },
  'LK-AUTH-003': {
    title: 'Too many failed tries.',
    action:
      'Wait as long as the header Retry-After says; a valid operator token is let in at any time.',
    http: 429,
    grpc: 'RESOURCE_EXHAUSTED',
  },
  'LK-AUTH-004': {
    title: 'Your role may not do this.',
    action: 'Ask an administrator to do it, or to change your role.',
    ...forbidden,
  },
  'LK-AUTH-005': {
    title: 'The request does not come from the console.',
    action:
      'Send the header `X-Latchkey: 1`, from the same origin; programs use the operator token instead.',
    ...forbidden,
  },
  'LK-AUTH-010': {
    title: 'The name or the password is wrong.',
    action: 'Try again; an administrator can set a new password.',
    ...nobody,
  },
  'LK-AUTH-011': {
    title: 'The code of the second factor is needed, or it is wrong or was used.',
    action: 'Give the code that the authenticator shows now; each is good once.',
    ...nobody,
  },
  'LK-AUTH-012': state(
    'The link for the first administrator is not valid.',
    'Use the link of the last start; it is good once and for a day, while there is no operator. Else sign in.',
  ),
  'LK-AUTH-013': refused('The current password is wrong.', 'Give the password you signed in with.'),
  'LK-AUTH-014': refused(
    'The code does not fit.',
    'Give the code that the authenticator shows now, for the secret that was shown last.',
  ),
  'LK-OPR-001': refused(
    'The username is malformed.',
    'Use 2-32 lower-case letters, digits and inner . _ -, beginning with a letter; names of programs are not taken.',
  ),
  'LK-OPR-002': taken('The username is taken.', 'Choose another one.'),
  'LK-OPR-003': missing('There is no such operator.', 'See the list of operators.'),
  'LK-OPR-004': state(
    'This is the last administrator.',
    'Make someone else an administrator first; without one nobody could.',
  ),
  'LK-OPR-005': refused(
    'The password is too weak.',
    'Use 12-200 characters that do not contain the username and are not one thing repeated.',
  ),
  'LK-OPR-006': state(
    'The second factor is not in the state that this needs.',
    'The message says which: begin anew, or take the present one away first.',
  ),
  'LK-SSO-001': {
    title: 'Nobody is known here by this account.',
    action:
      'Ask an administrator to invite you under Operators, by the account that you signed in with; or sign in with a password.',
    ...nobody,
  },
  'LK-SSO-002': {
    title: 'The single sign-on was not finished.',
    action: 'Begin anew on the sign-in page, in the same browser, within ten minutes.',
    ...nobody,
  },
  'LK-SSO-003': away(
    'The single sign-on does not answer.',
    'Sign in with your password, or try again shortly; see LK_OIDC_ISSUER.',
  ),
  'LK-SSO-004': missing(
    'There is no single sign-on here.',
    'Sign in with your password; LK_OIDC_ISSUER connects one.',
  ),
  'LK-SSO-005': state(
    'The single sign-on of this operator cannot be set so.',
    'The message says why: another operator is invited under that, or there would be no way in.',
  ),
  'LK-PKY-001': {
    title: 'The passkey was not accepted.',
    action: 'Try again, or sign in with the password; Your account tells which passkeys there are.',
    ...nobody,
  },
  'LK-PKY-002': refused(
    'The passkey could not be added.',
    'Begin anew, and have it made within five minutes, by a device that asks for a finger, a face or a PIN.',
  ),
  'LK-PKY-003': missing('There is no such passkey.', 'See the list under Your account.'),
  'LK-PKY-004': state(
    'The passkeys are not in the state that this needs.',
    'The message says which: ten are the most, and one is added once.',
  ),
  'LK-PKY-005': state(
    'Passkeys do not work at this address.',
    'Set LK_PUBLIC_URL to the address, https and with a name, at which browsers open the console; without it they work at http://localhost alone.',
  ),
} as const satisfies Record<string, ErrorCodeFacts>;
