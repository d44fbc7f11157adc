import { type CloudEvent, type CodesObserved, codesObserved, consumers } from '@latchkey/contracts';
import { type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Doors } from './doors.js';

/** Codes were seen at a door. */
@Controller()
export class CodesObservedHandler {
  constructor(@Inject(Doors) private readonly doors: Doors) {}

  @OnEvent(consumers.authObservations, codesObserved)
  async handle(event: CloudEvent<CodesObserved>, context: MessageContext): Promise<void> {
    const input = { on: 'codes', seen: event.data } as const;
    await this.doors.tell(context.params['door'] ?? event.data.door, input);
  }
}
