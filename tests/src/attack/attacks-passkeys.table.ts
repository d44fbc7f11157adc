import type { Attack } from './attack.types.js';

const promise =
  'Only who signed in acts as an operator, within their role, until they are signed out';
const shown = 'tests/src/attack/passkeys-shown.test.ts';
const accounts = 'tests/src/attack/passkeys-accounts.test.ts';

/** At the gateway: operators' passkeys. */
export const passkeyAttacks: readonly Attack[] = [
  {
    id: 'passkey-replayed',
    promise,
    attack:
      'What a passkey has signed is shown again, at another replica, and twice in the same moment',
    file: shown,
    test: 'is good once, at all replicas together, though it is shown twice at the same moment',
  },
  {
    id: 'passkey-shown-otherwise',
    promise,
    attack:
      'A passkey’s answer is forged, or was signed for another origin, name, challenge or purpose, without a finger or PIN, or is another’s',
    file: shown,
    test: '%s signs nobody in, and is answered as all the others',
  },
  {
    id: 'passkey-challenge-of-another-purpose',
    promise,
    attack: 'What was to be signed to add a passkey is used to sign in, and the other way round',
    file: shown,
    test: 'is good for what it was asked for: to sign in, or to add a passkey of one operator',
  },
  {
    id: 'passkey-late',
    promise,
    attack: 'What a passkey has signed is kept and shown later',
    file: shown,
    test: 'is worth nothing after five minutes',
  },
  {
    id: 'passkey-guessed',
    promise,
    attack:
      'Passkeys’ answers are tried on and on, over two replicas; a password is guessed so that its owner’s passkey is shut out',
    file: shown,
    test: 'is slowed down like passwords, over both replicas; who guesses a password shuts no passkey out',
  },
  {
    id: 'passkey-host',
    promise,
    attack: 'A request names another host, to have passkeys of that host taken',
    file: shown,
    test: 'belongs to the address in the settings, whatever host a request names',
  },
  {
    id: 'passkey-csrf',
    promise,
    attack:
      'Another site’s page begins or ends a sign-in by passkey in the operator’s browser, or adds one',
    file: shown,
    test: 'is begun and ended by the console’s own pages alone',
  },
  {
    id: 'passkey-nonsense',
    promise,
    attack: 'What should be signed bytes is no JSON, no CBOR, or too short',
    file: shown,
    test: 'reads nonsense as nonsense',
  },
  {
    id: 'passkey-copied',
    promise,
    attack: 'A passkey was copied out of its device, and both are used',
    file: accounts,
    test: 'whose counter goes back is shut, with all that was signed in, and stands in the audit',
  },
  {
    id: 'passkey-besieged',
    promise,
    attack: 'A passkey’s signature is forged, and nobody is to hear of it',
    file: accounts,
    test: 'that is shown forged is noted of whose it is, and one that nobody has of nobody',
  },
  {
    id: 'passkey-slandered',
    promise,
    attack: 'A passkey is made to look copied, so that its owner is shut out',
    file: accounts,
    test: 'whose counter goes back by a forged signature is not shut',
  },
  {
    id: 'passkey-taken-away',
    promise,
    attack:
      'A passkey is used after it, or its operator, was taken away, or after another was given that name',
    file: accounts,
    test: 'that was taken away %s signs nobody in, and ends what it signed in',
  },
  {
    id: 'passkey-of-the-disabled',
    promise,
    attack: 'A passkey is used by an operator who is disabled',
    file: accounts,
    test: 'of an operator who is disabled signs nobody in',
  },
  {
    id: 'passkey-on-anothers-account',
    promise,
    attack:
      'A passkey is added to another’s account, takes the id of another’s passkey, or is taken from them',
    file: accounts,
    test: 'is not added to the account of another, however it is asked for',
  },
  {
    id: 'passkey-made-elsewhere',
    promise,
    attack: 'A passkey that was made at another site, or without a finger or PIN, is added',
    file: accounts,
    test: 'that was made %s is not added',
  },
  {
    id: 'passkey-by-cookie-thief',
    promise,
    attack: 'A thief of a cookie adds a passkey of their own',
    file: accounts,
    test: 'is not added by who has a cookie but not the password, nor once that was changed',
  },
];
