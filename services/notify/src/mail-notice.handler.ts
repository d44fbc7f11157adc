import { type CloudEvent, consumers, mailNotice } from '@latchkey/contracts';
import { CONFIG, Failure, type MessageContext, OnEvent, toFailure } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import type { NotifyConfig } from './config.js';
import { DoorPolicies } from './door-policy.store.js';
import { Evidence } from './evidence.store.js';
import { occasions } from './mails/occasions.pure.js';
import { writeTime } from './mails/when.pure.js';
import { NotifyKeys } from './notify-keys.js';
import { Postman, type WrittenMail } from './postman.js';
import { RegistryClient } from './registry.client.js';
import { sealedName } from './sealed-name.pure.js';
import { unseal } from './unseal.js';

type MailNotice = CloudEvent<z.infer<typeof mailNotice.data>>;

/** One mail to one recipient, worded by its occasion. */
@Controller()
export class MailNoticeHandler {
  constructor(
    @Inject(CONFIG) private readonly config: NotifyConfig,
    @Inject(NotifyKeys) private readonly keys: NotifyKeys,
    @Inject(RegistryClient) private readonly registry: RegistryClient,
    @Inject(DoorPolicies) private readonly doors: DoorPolicies,
    @Inject(Evidence) private readonly evidence: Evidence,
    @Inject(Postman) private readonly postman: Postman,
  ) {}

  @OnEvent(consumers.notifyMail, mailNotice)
  async handle(event: MailNotice, context: MessageContext): Promise<void> {
    const job = {
      id: event.id,
      correlationId: event.correlationid,
      tries: context.deliveries,
      storedAtMs: context.storedAtMs,
      occasion: event.data.occasion,
      recipient: event.data.recipient,
    };
    await this.postman.deliver(job, () => this.#write(event, context));
  }

  async #write(event: MailNotice, context: MessageContext): Promise<WrittenMail> {
    const { occasion, recipient, door, reason, count, at } = event.data;
    const contact = await this.registry.contactOf(recipient, event.correlationid);
    const photograph = await this.evidence.photograph(event.data.evidence, context.log);
    const facts = {
      name: await this.#nameIn(event),
      door: door === null ? '' : (await this.doors.factsOf(door)).name,
      when: writeTime(at, this.config.LK_TIME_ZONE),
      reason,
      count,
      hasPhotograph: photograph !== undefined,
    };
    return {
      to: { name: contact.name, address: contact.email },
      words: occasions[occasion](facts),
      photograph,
    };
  }

  /** Whom it is about. An alarm goes out also about someone who was forgotten meanwhile; all else is then no news. */
  async #nameIn({ data, correlationid }: MailNotice): Promise<string> {
    if (data.sealed !== null) return unseal(this.keys.seed, data.sealed, sealedName).name;
    if (data.about === null) return '';
    try {
      return (await this.registry.contactOf(data.about, correlationid)).name;
    } catch (error) {
      const failure: Failure = toFailure(error);
      if (failure.kind === 'benign' && data.occasion === 'guard-alarm') return '';
      throw failure;
    }
  }
}
