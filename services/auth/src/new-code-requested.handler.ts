import { type CloudEvent, newCodeRequested } from '@latchkey/contracts';
import { type MessageContext, OnSubject } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Doors } from './doors.js';

/** The person at a door asks for a new code by mail. */
@Controller()
export class NewCodeRequestedHandler {
  constructor(@Inject(Doors) private readonly doors: Doors) {}

  @OnSubject(newCodeRequested)
  async handle(event: CloudEvent<{ door: string }>, context: MessageContext): Promise<void> {
    await this.doors.tell(context.params['door'] ?? event.data.door, { on: 'new-code' });
  }
}
