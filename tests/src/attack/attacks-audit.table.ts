import type { Attack } from './attack.types.js';

const promises = {
  audit: 'Nothing that was noted in the audit can be changed, taken out or moved unseen',
  gone: 'Who is forgotten stays forgotten',
  mine: 'What is held on people is told to them, and to nobody who may not',
  consent: 'No face is taken of anybody who did not agree',
} as const;

const tampering = 'tests/src/attack/audit-tampering.test.ts';
const exported = 'tests/src/attack/audit-export.test.ts';
const restore = 'tests/src/attack/privacy-restore.test.ts';
const data = 'tests/src/attack/privacy-data.test.ts';

const chain: readonly (readonly [id: string, attack: string, file: string, test: string])[] = [
  [
    'audit-whole',
    'None: the check is run on an audit that nobody touched',
    tampering,
    'finds a whole chain, signed to its end, before',
  ],
  [
    'audit-edit',
    'An entry is edited in the database file',
    tampering,
    'cannot change who did what unseen',
  ],
  [
    'audit-edit-values',
    'The settings in an entry are edited in the database file',
    tampering,
    'cannot change the settings that were noted unseen',
  ],
  [
    'audit-false-erasure',
    'Values are taken out of an entry as if a person had been forgotten',
    tampering,
    'cannot pass off values that were taken out as erased',
  ],
  [
    'audit-delete',
    'An entry is deleted in the database file',
    tampering,
    'cannot take an entry out unseen',
  ],
  [
    'audit-swap',
    'Two entries are swapped in the database file',
    tampering,
    'cannot swap two entries unseen',
  ],
  [
    'audit-truncate',
    'The end of the audit is cut off, with and without its signatures',
    tampering,
    'cannot cut the end off unseen, nor with the signatures in the file, for whoever has an older export',
  ],
  [
    'audit-rewrite',
    'The whole chain is computed anew, and signed by a forger',
    tampering,
    'cannot make the chain anew without the signing key',
  ],
  [
    'audit-fork',
    'Two replicas add to the audit at once',
    tampering,
    'cannot fork it: two instances at once make one chain',
  ],
  [
    'audit-export-whole',
    'None: the command is run on an export that nobody touched',
    exported,
    'is whole, and signed to its end, where nobody touched it',
  ],
  [
    'audit-export-names',
    'An export of the audit is searched for names and addresses',
    exported,
    'names nobody but by id',
  ],
  [
    'audit-export-edit',
    'An export is edited, cut and put in another order',
    exported,
    'cannot be edited, cut, or put in another order unseen: the check says where and ends with 1',
  ],
  [
    'audit-begun-anew',
    'An export of a new installation is passed off as the old one',
    exported,
    'cannot be begun anew: what an older export signed must still be so',
  ],
  [
    'audit-rewrite-with-the-key',
    'The whole chain is written anew by who holds the store and the registry’s signing key',
    exported,
    'cannot be written anew by who holds the store and the signing key: what was told on the bus shows it',
  ],
  [
    'audit-role',
    'A guard and an enroller read the audit',
    exported,
    'is not for a role that may not read the audit',
  ],
];

/** The audit, and what is held on people. */
export const auditAttacks: readonly Attack[] = [
  ...chain.map(([id, attack, file, test]) => ({ id, promise: promises.audit, attack, file, test })),
  {
    id: 'audit-of-forgotten',
    promise: promises.gone,
    attack: 'The audit is searched for what was noted about a forgotten person',
    file: exported,
    test: 'still holds when a person is forgotten, and the values noted about them are gone',
  },
  {
    id: 'receipt-forged',
    promise: 'A receipt of erasure can be checked by anybody, and made by the registry alone',
    attack: 'A receipt is changed in each of its fields',
    file: exported,
    test: 'a receipt of erasure is signed, and not a letter of it can be changed',
  },
  {
    id: 'restore-record',
    promise: promises.gone,
    attack: 'The database files are put back from a backup that still has the person',
    file: restore,
    test: 'brings nobody back who was forgotten since: no record, enrolled or listed',
  },
  {
    id: 'restore-face',
    promise: promises.gone,
    attack: 'The gallery is filled from a restored database',
    file: restore,
    test: 'brings no face back to the doors',
  },
  {
    id: 'restore-code',
    promise: promises.gone,
    attack: 'A code that was valid when the backup was made is shown',
    file: restore,
    test: 'brings no code back to life',
  },
  {
    id: 'restore-silent',
    promise: promises.audit,
    attack: 'An older database is put back in silence',
    file: restore,
    test: 'is noted: who was forgotten again, and that the audit is older than what was signed',
  },
  {
    id: 'restore-reused-id',
    promise: 'A person is not forgotten for another who had their id before',
    attack: 'The registry is started anew with somebody under a forgotten id',
    file: restore,
    test: 'takes nobody along who was given a forgotten id afterwards',
  },
  {
    id: 'retention',
    promise: 'Nobody is kept longer than the site has set',
    attack: 'Somebody enters nowhere for longer than the site keeps people',
    file: 'tests/src/attack/privacy-retention.test.ts',
    test: 'forgets who enters nowhere for as long as the site has set, and nobody else',
  },
  {
    id: 'held-secrets',
    promise: promises.mine,
    attack: "A person's own data are searched for secrets and for other people",
    file: data,
    test: 'is told whole to whom it is about: record, consent, entries, mails, audit, and no secret',
  },
  {
    id: 'held-role',
    promise: promises.mine,
    attack: 'An enroller, a guard and an auditor export what is held on a person',
    file: data,
    test: 'is noted, and refused to whoever is no administrator',
  },
  {
    id: 'sample-without-consent',
    promise: promises.consent,
    attack: 'A sample is sent for somebody who agreed to nothing, or to a text that there is not',
    file: data,
    test: 'is nothing of a face before somebody agreed: a sample without consent is refused',
  },
];
