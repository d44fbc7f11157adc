import { createHash } from 'node:crypto';

/** The key of a mail's job in the bucket `deliveries`: SHA-256 of the job's id, 43 letters of base64url. */
export function deliveryKey(job: string): string {
  return createHash('sha256').update(job).digest('base64url');
}
