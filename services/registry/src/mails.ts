import type { StreamName } from '@latchkey/contracts';
import { type Bus, dropStored } from '@latchkey/runtime';
import { isMailOf } from './domain/unsent-mail.pure.js';

/** Where mails lie that were not sent: those that wait, and those that could not be. */
const UNSENT: readonly StreamName[] = ['NOTICES', 'DEAD'];

/**
 * Drops the unsent mails of a person, and all that seals something about them.
 * @param beforeMs what was stored from then on is someone else's, who was given the id; by the broker's clock
 * @throws Failure LK-BUS-00x, retryable, where the broker is away.
 */
export async function dropMails(bus: Bus, person: string, beforeMs: number): Promise<void> {
  for (const stream of UNSENT) {
    await dropStored(
      bus,
      stream,
      ({ time, data }) => time.getTime() < beforeMs && isMailOf(person, data),
    );
  }
}
