import { createHash } from 'node:crypto';

/** The key of a job in the ledger and the left side of its Message-ID: SHA-256 of its id, 43 letters of base64url. */
export function jobKey(job: string): string {
  return createHash('sha256').update(job).digest('base64url');
}

/** The same for every try of a job, so that a mail that came twice shows as one. @param domain of the sender's address */
export function messageIdOf(job: string, domain: string): string {
  return `<${jobKey(job)}@${domain}>`;
}

/** The id of the job of one recipient of an event: the broker and the ledger know it again. */
export function recipientJobId(eventId: string, recipient: string): string {
  return `${eventId}:${recipient}`;
}
