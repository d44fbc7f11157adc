import type { AuditEntry } from '@latchkey/contracts/grpc';
import type { z } from 'zod';
import { auditEntry } from './operations.schemas.js';

/** An entry of the audit as the API tells of it. @throws ZodError where the registry's is not as defined */
export function toAuditAnswer(entry: AuditEntry): z.infer<typeof auditEntry> {
  const { at, person, door, beforeJson, afterJson, ...facts } = entry;
  return auditEntry.parse({
    ...facts,
    at: new Date(at).toISOString(),
    person: person || null,
    door: door || null,
    before: beforeJson ? JSON.parse(beforeJson) : null,
    after: afterJson ? JSON.parse(afterJson) : null,
  });
}
