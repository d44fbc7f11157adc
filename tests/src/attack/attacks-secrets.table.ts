import type { Attack } from './attack.types.js';

const promises = {
  secret: 'Secrets and faces stand in clear nowhere',
  gone: 'Who is forgotten is gone',
} as const;
const campus = 'tests/src/attack/campus-secrets.test.ts';

/** What is kept, and what of it could be read. */
export const secretAttacks: readonly Attack[] = [
  {
    id: 'codes-in-stores',
    promise: promises.secret,
    attack: 'What the broker and the registry store is searched for codes after an entry',
    file: 'tests/src/entry/happy-entry.test.ts',
    test: 'leaves no code as text in what the broker and the registry store',
  },
  {
    id: 'templates-in-store',
    promise: promises.secret,
    attack: 'The database is searched for codes and templates',
    file: 'tests/src/registry/outages.test.ts',
    test: 'keeps no code and no template in clear, and nothing of a person who is forgotten but the id',
  },
  {
    id: 'mails-in-logs',
    promise: promises.secret,
    attack: 'Logs, ledger and dead letters are searched for codes and addresses',
    file: 'tests/src/notify/code-mail.test.ts',
    test: 'leaves neither code nor address in a log, the ledger, or the reason of a dead letter',
  },
  {
    id: 'pairing-code-kept',
    promise: promises.secret,
    attack: 'Database, audit and bus are searched for a pairing code',
    file: 'tests/src/registry/pairing.test.ts',
    test: 'leaves its code nowhere: not in the database, the audit or on the bus',
  },
  {
    id: 'audit-names-secrets',
    promise: promises.secret,
    attack: 'The audit is searched for secrets and names',
    file: 'tests/src/registry/audit.test.ts',
    test: 'names people by their id only, and no secret',
  },
  {
    id: 'secrets-in-logs',
    promise: promises.secret,
    attack: 'A secret is logged, however deep it lies, or inside a text',
    file: 'libs/runtime/src/logger.test.ts',
    test: 'holds no secret, however deep it lies',
  },
  {
    id: 'settings-in-errors',
    promise: promises.secret,
    attack: 'A wrong setting is told with what it held',
    file: 'libs/runtime/src/config.test.ts',
    test: 'never says what a setting holds',
  },
  {
    id: 'codes-in-pictures',
    promise: promises.secret,
    attack: 'A kept photograph is read for the code that was held up',
    file: 'tests/src/face/observe-faces.test.ts',
    test: 'a named snapshot is stored, sealed for evidence, and no code in it can be read',
  },
  {
    id: 'codes-in-live-picture',
    promise: promises.secret,
    attack: 'An operator reads a code off a door’s picture',
    file: 'tests/src/gateway/looking.test.ts',
    test: 'is what its camera sees now, and no code in it can be read',
  },
  {
    id: 'mail-without-tls',
    promise: promises.secret,
    attack: 'A mail server, or who stands before it, offers no TLS',
    file: 'tests/src/notify/mail-server.test.ts',
    test: 'is told neither a login nor an address',
  },
  {
    id: 'vault-of-another',
    promise: promises.secret,
    attack: 'An encrypted template is moved to another person',
    file: 'services/registry/src/vault.test.ts',
    test: 'cannot be read as of %s',
  },
  {
    id: 'vault-changed',
    promise: promises.secret,
    attack: 'An encrypted template is changed',
    file: 'services/registry/src/vault.test.ts',
    test: 'cannot be read once it was changed',
  },
  {
    id: 'key-files',
    promise: promises.secret,
    attack: 'Keys are read by another user of the machine',
    file: 'apps/cli/src/keys.command.test.ts',
    test: 'makes every key for its owner alone, and tells of none what it is',
  },
  {
    id: 'store-file',
    promise: promises.secret,
    attack: 'The database file is read by another user of the machine',
    file: 'tests/src/registry/store-contract.test.ts',
    test: 'keeps its file for the owner alone',
  },
  {
    id: 'forgotten-byte-by-byte',
    promise: promises.gone,
    attack: 'Every file, stream, bucket and photograph is searched for a deleted person',
    file: 'tests/src/erasure/deletion.test.ts',
    test: 'leaves nothing but the id: no record, key, template, code or photograph, byte by byte',
  },
  {
    id: 'forgotten-after-restart',
    promise: promises.gone,
    attack: 'Everything is restarted after a deletion',
    file: 'tests/src/erasure/deletion.test.ts',
    test: 'does not come back by a restart of everything',
  },
  {
    id: 'forgotten-photographs',
    promise: promises.gone,
    attack:
      'The photographs of a deleted person are looked for, though the process that owed it ended',
    file: 'tests/src/erasure/photographs.test.ts',
    test: 'go when the broker is back, though the process that owed it ended',
  },
  {
    id: 'forgotten-mails',
    promise: promises.gone,
    attack: 'Dead letters are searched for a deleted person',
    file: 'tests/src/erasure/unsent-mails.test.ts',
    test: 'go with the person who registered after all and is deleted',
  },
  {
    id: 'telemetry-to-others',
    promise: promises.secret,
    attack: 'The runtime for models reports to its maker',
    file: 'libs/vision/src/without-telemetry.test.ts',
    test: 'keeps no id of this machine and starts no reports, which ONNX Runtime would do when loaded',
  },
  {
    id: 'secrets-byte-by-byte',
    promise: promises.secret,
    attack:
      'After an operator’s whole life every file, stream, bucket and message is searched for passwords, tokens, cookies, second factors and pairing codes, in five encodings',
    file: 'tests/src/attack/kept-secrets.test.ts',
    test: 'passwords, tokens, cookies, second factors and pairing codes lie in no file, stream or bucket',
  },
  {
    id: 'secrets-in-all-logs',
    promise: promises.secret,
    attack: 'The logs at their loudest are searched for secrets, addresses and names',
    file: 'tests/src/attack/kept-secrets.test.ts',
    test: 'no log line holds a secret, an address or a name, at the loudest level',
  },
  {
    id: 'secrets-told-again',
    promise: promises.secret,
    attack: 'An administrator asks for what was shown once',
    file: 'tests/src/attack/kept-secrets.test.ts',
    test: 'no answer to an administrator tells a secret again',
  },
  {
    id: 'campus-files',
    promise: promises.secret,
    attack:
      'After a whole run of a campus (entries, a wrong code, another’s code, a stranger, duress, an operator) every file is searched for codes, a template, password, cookie, tokens and every key, in eleven encodings: database and its log, broker’s streams, read model, temporary files',
    file: campus,
    test: 'no secret lies in any file, in the clear or in another encoding',
  },
  {
    id: 'campus-bus',
    promise: promises.secret,
    attack: 'Every message of the same run is searched, for addresses and names as well',
    file: campus,
    test: 'no secret passes on the bus, and no address',
  },
  {
    id: 'campus-logs',
    promise: promises.secret,
    attack: 'Every log line at the loudest level, and every figure of every service',
    file: campus,
    test: 'no secret, address or name stands in a log line at the loudest level, nor in a metric',
  },
  {
    id: 'campus-faces',
    promise: promises.secret,
    attack:
      'Every file but the registry’s own is searched for addresses, and all of them for pictures',
    file: campus,
    test: 'no address lies in a file but the registry’s own, and a face in none',
  },
  {
    id: 'campus-mails',
    promise: promises.secret,
    attack: 'Others’ mails, and the photographs in them, are searched and read for somebody’s code',
    file: campus,
    test: 'nobody’s mail holds another’s code, nor does the photograph that others are sent',
  },
  {
    id: 'campus-answers',
    promise: promises.secret,
    attack:
      'Audit, its export, events, deliveries and what is held on a person are searched for secrets',
    file: campus,
    test: 'what operators may take away, audit, events and answers, holds none of it',
  },
  {
    id: 'campus-search',
    promise: promises.secret,
    attack: 'None: the search is tried on a code in each encoding',
    file: campus,
    test: 'a secret would be found in each of these encodings',
  },
];
