import { deliveryKey } from '@latchkey/contracts';

/** The same for every try of a job, so that a mail that came twice shows as one. @param domain of the sender's address */
export function messageIdOf(job: string, domain: string): string {
  return `<${deliveryKey(job)}@${domain}>`;
}

/** The id of the job of one recipient of an event: the broker and the ledger know it again. */
export function recipientJobId(eventId: string, recipient: string): string {
  return `${eventId}:${recipient}`;
}
