import { promises } from './attacks-bus.table.js';
import type { Attack } from './attack.types.js';

/** On what is kept on the broker, and by what is kept there. */
export const storeAttacks: readonly Attack[] = [
  {
    id: 'sent-on-by-stores',
    promise: promises.rights,
    attack:
      'Each identity that meets the world has the broker send on, by each way there is, what it keeps in any store',
    file: 'tests/src/attack/sent-on.test.ts',
    test: '$name has the broker send on nothing that it keeps anywhere',
  },
  {
    id: 'answers-itself',
    promise: promises.rights,
    attack: 'Each of them asks itself, and answers to an address where it may not publish',
    file: 'tests/src/attack/sent-on.test.ts',
    test: '$name cannot answer itself where it may not publish',
  },
  {
    id: 'sent-on-by-keepers',
    promise: promises.rights,
    attack:
      'auth, registry, notify and gateway, which read what they keep, have the broker send it on',
    result: 'works: what follows from it stands under “What is left”',
    file: 'tests/src/attack/sent-on.test.ts',
    test: '$name can, by what it both reads and writes',
  },
  {
    id: 'planted-policy',
    promise: promises.lock,
    attack: 'A door’s settings are written by somebody else, or copied from another door',
    file: 'tests/src/attack/forged-door-state.test.ts',
    test: 'changes no door’s settings: neither with words of its own, nor with another door’s',
  },
  {
    id: 'planted-session',
    promise: promises.rights,
    attack: 'An operator’s session is written into its bucket, with the right stamp',
    file: 'tests/src/attack/forged-session.test.ts',
    test: 'a session that somebody else wrote signs nobody in, though all in it is right',
  },
  {
    id: 'copied-session',
    promise: promises.rights,
    attack: 'A genuine session is copied to another cookie',
    file: 'tests/src/attack/forged-session.test.ts',
    test: 'a session that the gateway wrote is no other cookie’s',
  },
  {
    id: 'planted-invitation',
    promise: promises.rights,
    attack: 'A link for the first administrator is written into its bucket',
    file: 'tests/src/attack/forged-session.test.ts',
    test: 'a link for the first administrator that the gateway has not made makes nobody one',
  },
  {
    id: 'planted-entry',
    promise: promises.rights,
    attack: 'An entry is written by another service, moved to another key, or left unsigned',
    file: 'tests/src/runtime/signed-bucket.test.ts',
    test: 'an entry counts that its writer signed, for its key alone',
  },
  {
    id: 'told-stamp',
    promise: promises.rights,
    attack: 'The audit is read for what an operator’s sessions are known by',
    file: 'services/registry/src/domain/operator-stamp.test.ts',
    test: 'no audit entry tells by what an operator’s sessions are known',
  },
];
