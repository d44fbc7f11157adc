import type { OperatorRole } from '@latchkey/contracts';

/** What an operator is, in a word. */
export const roleWords: Readonly<Record<OperatorRole, string>> = {
  administrator: 'Administrator',
  enroller: 'Enroller',
  guard: 'Guard',
  auditor: 'Auditor',
};
