import { accessGranted, type CloudEvent, consumers } from '@latchkey/contracts';
import { OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { Announcer } from './announcer.js';
import { DoorPolicies } from './door-policy.store.js';

/** Someone entered: the door's audience hears of it. The next code is a job of the registry's. */
@Controller()
export class AccessGrantedHandler {
  constructor(
    @Inject(DoorPolicies) private readonly doors: DoorPolicies,
    @Inject(Announcer) private readonly announcer: Announcer,
  ) {}

  @OnEvent(consumers.notifyAccess, accessGranted)
  async handle(event: CloudEvent<z.infer<typeof accessGranted.data>>): Promise<void> {
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
