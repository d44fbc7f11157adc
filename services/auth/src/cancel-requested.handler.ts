import { type CloudEvent, cancelRequested } from '@latchkey/contracts';
import { type MessageContext, OnSubject } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Doors } from './doors.js';

/** The person at a door ends the attempt. */
@Controller()
export class CancelRequestedHandler {
  constructor(@Inject(Doors) private readonly doors: Doors) {}

  @OnSubject(cancelRequested)
  async handle(event: CloudEvent<{ door: string }>, context: MessageContext): Promise<void> {
    await this.doors.tell(context.params['door'] ?? event.data.door, { on: 'cancel' });
  }
}
