import type { Attack } from './attack.types.js';

const promise =
  'Who signs in by the campus’s own provider is the operator whom an administrator invited, and nobody else';
const file = 'tests/src/attack/single-sign-on.test.ts';
const accounts = 'tests/src/attack/single-sign-on-accounts.test.ts';

/** At the gateway: single sign-on. */
export const signOnAttacks: readonly Attack[] = [
  {
    id: 'sign-on-of-another-browser',
    promise,
    attack:
      'An answer of the provider that another browser began is sent to an operator’s browser (login CSRF), also while they sign in',
    file,
    test: 'an answer that another browser brings lets nobody in, and ends nothing for the browser that is under way',
  },
  {
    id: 'sign-on-twice',
    promise,
    attack: 'An answer of the provider is brought twenty times in the same moment, to two replicas',
    file,
    test: 'an answer is good once, of twenty at the same moment over both replicas',
  },
  {
    id: 'sign-on-code-replayed',
    promise,
    attack:
      'A code of the provider that was used, or belongs to another sign-on, is put into a new one',
    file,
    test: 'a code that was used, or was meant for another sign-on, is worth nothing in a new one',
  },
  {
    id: 'sign-on-wrong-token',
    promise,
    attack:
      'The provider’s token is of another sign-on, client or issuer, or of a time that has passed',
    file,
    test: 'a token with %s is refused, though the provider signed it',
  },
  {
    id: 'sign-on-unsigned-token',
    promise,
    attack: 'A token is signed by nobody (`none`), by another key, or by the client’s secret',
    file,
    test: 'a token that nobody signed, or another key, is refused',
  },
  {
    id: 'sign-on-mix-up',
    promise,
    attack: 'An answer names another issuer (mix-up), or none',
    file,
    test: 'an answer that names another issuer, or none, is refused before its code is sent anywhere',
  },
  {
    id: 'sign-on-unverified-address',
    promise,
    attack: 'Somebody writes an operator’s address into their own account at the provider',
    file: accounts,
    test: 'an address that is %s opens nothing',
  },
  {
    id: 'sign-on-address-alike',
    promise,
    attack: 'An address folds to an operator’s, looks like it, is cut off, or comes as a list',
    file: accounts,
    test: 'an address with %s is another one',
  },
  {
    id: 'sign-on-address-handed-on',
    promise,
    attack: 'An operator’s address is given to somebody else, or invited anew',
    file: accounts,
    test: 'an address that is handed on to another account hands no operator on, nor does a new invitation of it',
  },
  {
    id: 'sign-on-two-at-once',
    promise,
    attack: 'Two accounts with one address come in the same moment',
    file: accounts,
    test: 'of two accounts with one verified address, at the same moment, one is bound',
  },
  {
    id: 'sign-on-invited-twice',
    promise,
    attack: 'An operator is made under an address by which another is invited',
    file: accounts,
    test: 'one address invites one operator',
  },
  {
    id: 'sign-on-shut-out',
    promise,
    attack: 'Who was shut out, removed, or made anew under the same name comes by their account',
    file: accounts,
    test: 'who is shut out or removed is refused by their account, and what they were signed in to is over',
  },
  {
    id: 'sign-on-after-reinvitation',
    promise,
    attack: 'A cookie and an account are used after the operator was invited anew',
    file: accounts,
    test: 'taking single sign-on away, or inviting anew, ends what was signed in and frees the account',
  },
  {
    id: 'sign-on-of-a-stranger',
    promise,
    attack: 'Somebody with an account at the provider, but not invited, signs in',
    file: accounts,
    test: 'an account that nobody invited is refused, and noted without its name',
  },
  {
    id: 'sign-on-role-in-claims',
    promise,
    attack: 'The provider’s claims name a role',
    file: accounts,
    test: 'a role that the provider claims is nobody’s',
  },
  {
    id: 'sign-on-open-redirect',
    promise,
    attack: 'The place where one goes on is another site, a script, or holds a header',
    file,
    test: 'after signing in, %s leads nowhere but into the console',
  },
  {
    id: 'sign-on-host-header',
    promise,
    attack: 'The request for a sign-on claims another host',
    file,
    test: 'whatever host a request claims, the code goes where the settings say',
  },
  {
    id: 'sign-on-begun-elsewhere',
    promise,
    attack: 'Another site’s page begins a sign-on in the operator’s browser',
    file,
    test: 'another site’s page cannot begin a sign-on in the operator’s browser',
  },
  {
    id: 'sign-on-password',
    promise,
    attack: 'The password of an operator who has none is guessed',
    file: accounts,
    test: 'who signs in by single sign-on has no password that could be guessed',
  },
  {
    id: 'sign-on-secrets-kept',
    promise,
    attack:
      'Logs at their loudest, and the bucket of sign-ons, are searched for codes, tokens, cookies and secrets',
    file,
    test: 'neither a code, a token nor a secret of a sign-on is in a log or on the bus',
  },
];
