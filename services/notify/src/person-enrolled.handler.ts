import { type CloudEvent, consumers, personEnrolled } from '@latchkey/contracts';
import { CONFIG, type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { Announcer } from './announcer.js';
import type { NotifyConfig } from './config.js';
import { Freshness } from './freshness.js';

/** Someone was registered: those registered before hear of it. The first code is a job of the registry's. */
@Controller()
export class PersonEnrolledHandler {
  constructor(
    @Inject(CONFIG) private readonly config: NotifyConfig,
    @Inject(Announcer) private readonly announcer: Announcer,
    @Inject(Freshness) private readonly freshness: Freshness,
  ) {}

  @OnEvent(consumers.notifyRegistry, personEnrolled)
  async handle(
    event: CloudEvent<z.infer<typeof personEnrolled.data>>,
    context: MessageContext,
  ): Promise<void> {
    if (this.freshness.isStale(context)) return;
    const { person, at } = event.data;
    await this.announcer.announce(
      {
        cause: event.id,
        correlationId: event.correlationid,
        occasion: 'person-registered',
        about: person,
        at,
      },
      { audience: this.config.LK_REGISTRATIONS_TO, except: person, enrolledBeforeMs: at },
    );
  }
}
