import type { Attack } from './attack.types.js';
import { auditAttacks } from './attacks-audit.table.js';
import { busAttacks } from './attacks-bus.table.js';
import { codeAttacks } from './attacks-codes.table.js';
import { doorAttacks } from './attacks-door.table.js';
import { inputAttacks } from './attacks-input.table.js';
import { keyAttacks } from './attacks-keys.table.js';
import { lineAttacks } from './attacks-line.table.js';
import { notedAttacks } from './attacks-noted.table.js';
import { operatorAttacks } from './attacks-operators.table.js';
import { passkeyAttacks } from './attacks-passkeys.table.js';
import { presenceAttacks } from './attacks-presence.table.js';
import { secretAttacks } from './attacks-secrets.table.js';
import { signOnAttacks } from './attacks-sign-on.table.js';
import { storeAttacks } from './attacks-stores.table.js';
import { strangersAttacks } from './attacks-strangers.table.js';

/** Every attack. A test of `tests/src/attack` that isn't listed fails the suite, and so does a row without its test. */
export const attacks: readonly Attack[] = [
  ...doorAttacks,
  ...presenceAttacks,
  ...codeAttacks,
  ...busAttacks,
  ...storeAttacks,
  ...lineAttacks,
  ...operatorAttacks,
  ...notedAttacks,
  ...signOnAttacks,
  ...passkeyAttacks,
  ...inputAttacks,
  ...strangersAttacks,
  ...secretAttacks,
  ...auditAttacks,
  ...keyAttacks,
];
