import { promises } from './attacks-operators.table.js';
import type { Attack } from './attack.types.js';

/** On what the audit is told of: who tries to get in, and who looks at people. */
export const notedAttacks: readonly Attack[] = [
  {
    id: 'guessing-unseen',
    promise: promises.audit,
    attack: 'Passwords of an account are guessed, and nobody is to hear of it',
    file: 'tests/src/gateway/noted.test.ts',
    test: 'is noted of an account that there is, the first at once, and told an auditor, too',
  },
  {
    id: 'guessing-a-disabled-account',
    promise: promises.audit,
    attack: 'The right password of a disabled account is tried',
    file: 'tests/src/gateway/noted.test.ts',
    test: 'is noted of one that is disabled, though the password is right',
  },
  {
    id: 'guessing-floods-the-audit',
    promise: promises.audit,
    attack: 'An account is tried for hours, to bury what else the audit tells',
    file: 'services/registry/src/domain/failed-sign-in.pure.test.ts',
    test: 'every sign-in that fails is in one entry, and there is one in ten minutes at most',
  },
  {
    id: 'enumeration-by-audit',
    promise: promises.unknown,
    attack:
      'A name that nobody has is tried, or a password typed in its place, to be told by the answer or kept in the audit',
    file: 'tests/src/gateway/noted.test.ts',
    test: 'leaves nothing of a name that nobody has, and is answered alike',
  },
  {
    id: 'looking-unseen',
    promise: promises.audit,
    attack: 'An operator looks through photographs of visitors, over several gateways',
    file: 'tests/src/gateway/noted.test.ts',
    test: 'is noted, each photograph once in ten minutes',
  },
  {
    id: 'watching-unseen',
    promise: promises.audit,
    attack: 'An operator watches a door’s camera for hours',
    file: 'tests/src/gateway/noted.test.ts',
    test: 'is noted, once in ten minutes however often it is read',
  },
  {
    id: 'looking-while-audit-is-away',
    promise: promises.audit,
    attack: 'A photograph is looked at while nobody can note who does',
    file: 'tests/src/gateway/away.test.ts',
    test: 'shows no photograph while nobody can note who looks',
  },
  {
    id: 'duress-by-a-guards-look',
    promise: promises.unknown,
    attack: 'Who forces somebody reads in the audit that a guard looks at that door now',
    file: 'tests/src/gateway/noted.test.ts',
    test: 'is told an auditor an hour later: until then it may tell of a silent alarm',
  },
];
