import {
  CODE_OCCASION,
  type CloudEvent,
  codeNotice,
  consumers,
  sealedCode,
} from '@latchkey/contracts';
import { CONFIG, Failure, type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import type { NotifyConfig } from './config.js';
import { DoorPolicies } from './door-policy.store.js';
import { codeMail } from './mails/code-mail.pure.js';
import { writeTime } from './mails/when.pure.js';
import { Ledger } from './ledger.store.js';
import { NewestCodes } from './newest-codes.store.js';
import { NotifyKeys } from './notify-keys.js';
import { Postman, type WrittenMail } from './postman.js';
import { drawCode } from './qr-picture.js';
import { RegistryClient } from './registry.client.js';
import { unseal } from './unseal.js';

type CodeNotice = CloudEvent<z.infer<typeof codeNotice.data>>;

/** A code is to be mailed to the one person whose it is: the picture attached, and inline. */
@Controller()
export class CodeNoticeHandler {
  constructor(
    @Inject(CONFIG) private readonly config: NotifyConfig,
    @Inject(NotifyKeys) private readonly keys: NotifyKeys,
    @Inject(RegistryClient) private readonly registry: RegistryClient,
    @Inject(DoorPolicies) private readonly doors: DoorPolicies,
    @Inject(Postman) private readonly postman: Postman,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(NewestCodes) private readonly newest: NewestCodes,
  ) {}

  @OnEvent(consumers.notifyCode, codeNotice)
  async handle(event: CodeNotice, context: MessageContext): Promise<void> {
    const job = {
      id: event.id,
      correlationId: event.correlationid,
      tries: context.deliveries,
      storedAtMs: context.storedAtMs,
      occasion: `${CODE_OCCASION}${event.data.reason}`,
      recipient: event.data.person,
    };
    const { person, reason } = event.data;
    // A duress code stands beside the ordinary one: neither makes the other void.
    const whose = reason === 'duress' ? `${person}.duress` : person;
    const { isVoid, before } = await this.newest.take(whose, {
      job: event.id,
      at: event.data.at,
    });
    if (isVoid) {
      await this.postman.supersede(job);
      throw Failure.benign('LK-MAIL-005', 'A newer code was issued; this one is void.');
    }
    if (before !== null) await this.ledger.supersede(before);
    await this.postman.deliver(job, () => this.#write(event));
  }

  async #write({ data, correlationid }: CodeNotice): Promise<WrittenMail> {
    const code = unseal(this.keys.seed, data.sealed, sealedCode);
    if (code.person !== data.person) {
      throw Failure.terminal(
        'LK-MAIL-003',
        `The job is for ${data.person}, but the code in it is someone else's. Issue a new code.`,
      );
    }
    const contact = await this.registry.contactOf(data.person, correlationid);
    const door = data.door === null ? null : (await this.doors.factsOf(data.door)).name;
    const when = writeTime(data.at, this.config.LK_TIME_ZONE);
    return {
      to: { name: contact.name, address: contact.email },
      words: codeMail({ name: contact.name, reason: data.reason, door, when }),
      code: await drawCode(code.text),
    };
  }
}
