import type { AuditEntry } from '@latchkey/contracts/grpc';
import type { CollectionDefinition } from '../store/store.port.js';

/** Where the audit lies: entries are only ever added; their ids sort by time. */
export const auditCollection: CollectionDefinition<AuditEntry> = {
  name: 'audit',
  indexes: { at: {} },
  keysOf: (entry) => ({ at: entry.at }),
};
