import { applicantNotice, type CloudEvent, consumers, sealedApplicant } from '@latchkey/contracts';
import { CONFIG, type MessageContext, OnEvent, seal } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { Announcer } from './announcer.js';
import type { NotifyConfig } from './config.js';
import { applicantMail } from './mails/applicant-mail.pure.js';
import { NotifyKeys } from './notify-keys.js';
import { Postman, type WrittenMail } from './postman.js';
import type { SealedName } from './sealed-name.pure.js';
import { unseal } from './unseal.js';

type ApplicantEvent = CloudEvent<z.infer<typeof applicantNotice.data>>;

/** A registration came to nothing: the applicant hears what was wrong, the others that it failed. */
@Controller()
export class ApplicantNoticeHandler {
  constructor(
    @Inject(CONFIG) private readonly config: NotifyConfig,
    @Inject(NotifyKeys) private readonly keys: NotifyKeys,
    @Inject(Announcer) private readonly announcer: Announcer,
    @Inject(Postman) private readonly postman: Postman,
  ) {}

  @OnEvent(consumers.notifyMail, applicantNotice)
  async handle(event: ApplicantEvent, context: MessageContext): Promise<void> {
    const job = {
      id: event.id,
      correlationId: event.correlationid,
      tries: context.deliveries,
      storedAtMs: context.storedAtMs,
      occasion: 'applicant',
      recipient: null,
    };
    await this.postman.deliver(job, () => this.#write(event));
  }

  async #write(event: ApplicantEvent): Promise<WrittenMail> {
    const applicant = unseal(this.keys.seed, event.data.sealed, sealedApplicant);
    const { name, email, detail } = applicant;
    // The others first: an address that bounces, a likely one here, must not keep the news from them.
    await this.#tellOthers(event, { name });
    return {
      to: { name, address: email },
      words: applicantMail({ name, reason: event.data.reason, detail }),
    };
  }

  async #tellOthers(event: ApplicantEvent, name: SealedName): Promise<void> {
    await this.announcer.announce(
      {
        cause: event.id,
        correlationId: event.correlationid,
        occasion: 'registration-failed',
        about: event.data.person,
        sealed: seal(this.keys.publicKey, JSON.stringify(name)),
        at: event.data.at,
      },
      { audience: this.config.LK_REGISTRATIONS_TO, except: event.data.person },
    );
  }
}
