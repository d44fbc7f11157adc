import { type Audience, mailNotice } from '@latchkey/contracts';
import { type Bus, publishEvent } from '@latchkey/runtime';
import type { z } from 'zod';
import { recipientJobId } from './job.pure.js';
import type { RegistryClient } from './registry.client.js';

type MailJob = z.infer<typeof mailNotice.data>;

/** What is announced: the event that caused it, and the mail but for its recipient. */
export type Announcement = Pick<MailJob, 'occasion' | 'at'> &
  Partial<Omit<MailJob, 'recipient'>> & {
    readonly cause: string;
    readonly correlationId: string;
  };

/** Who is to hear of it. */
export interface AnnouncedTo {
  readonly audience: Audience;
  readonly group?: string;
  readonly except?: string | null;
  readonly enrolledBeforeMs?: number;
}

/** Makes one job for each who is to hear. The same again makes the same jobs, which the broker and the ledger know. */
export class Announcer {
  readonly #bus: Bus;
  readonly #registry: RegistryClient;

  constructor(bus: Bus, registry: RegistryClient) {
    this.#bus = bus;
    this.#registry = registry;
  }

  /** One job for each of an audience. */
  async announce(announcement: Announcement, to: AnnouncedTo): Promise<void> {
    if (to.audience === 'nobody') return;
    const query = {
      audience: to.audience,
      group: to.group ?? '',
      except: to.except ?? '',
      enrolledBeforeMs: to.enrolledBeforeMs ?? 0,
    };
    for await (const page of this.#registry.recipients(query, announcement.correlationId)) {
      await Promise.all(page.map((recipient) => this.tell(recipient, announcement)));
    }
  }

  /** One job for one person. */
  async tell(recipient: string, announcement: Announcement): Promise<void> {
    const { cause, correlationId, ...mail } = announcement;
    const data: MailJob = {
      about: null,
      door: null,
      reason: null,
      evidence: null,
      count: 1,
      sealed: null,
      ...mail,
      recipient,
    };
    const id = recipientJobId(cause, recipient);
    await publishEvent(this.#bus, mailNotice, {}, { id, correlationId, data });
  }
}
