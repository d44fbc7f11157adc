import { accessGranted, type CloudEvent, consumers } from '@latchkey/contracts';
import { type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { Announcer } from './announcer.js';
import { DoorPolicies } from './door-policy.store.js';
import { Freshness } from './freshness.js';

/** Someone entered: the door's audience hears of it. The next code is a job of the registry's. */
@Controller()
export class AccessGrantedHandler {
  constructor(
    @Inject(DoorPolicies) private readonly doors: DoorPolicies,
    @Inject(Announcer) private readonly announcer: Announcer,
    @Inject(Freshness) private readonly freshness: Freshness,
  ) {}

  @OnEvent(consumers.notifyAccess, accessGranted)
  async handle(
    event: CloudEvent<z.infer<typeof accessGranted.data>>,
    context: MessageContext,
  ): Promise<void> {
    if (this.freshness.isStale(context)) return;
    const { person, door, at } = event.data;
    const { audience, group } = await this.doors.factsOf(door);
    await this.announcer.announce(
      {
        cause: event.id,
        correlationId: event.correlationid,
        occasion: 'person-entered',
        about: person,
        door,
        at,
      },
      { audience, group, except: person },
    );
  }
}
