import { randomUUID } from 'node:crypto';
import { type CloudEvent, consumers, type FacesObserved, facesObserved } from '@latchkey/contracts';
import { type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Doors } from './doors.js';

/** Faces were seen at a door. */
@Controller()
export class FacesObservedHandler {
  constructor(@Inject(Doors) private readonly doors: Doors) {}

  @OnEvent(consumers.authObservations, facesObserved)
  async handle(event: CloudEvent<FacesObserved>, context: MessageContext): Promise<void> {
    const input = { on: 'faces', seen: event.data, freshAttempt: randomUUID() } as const;
    await this.doors.tell(context.params['door'] ?? event.data.door, input);
  }
}
