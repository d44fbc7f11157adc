import { randomInt, randomUUID } from 'node:crypto';
import {
  type ChallengeAct,
  challengeAct,
  type CloudEvent,
  consumers,
  type FacesObserved,
  facesObserved,
} from '@latchkey/contracts';
import { type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Doors } from './doors.js';

/** Faces were seen at a door. */
@Controller()
export class FacesObservedHandler {
  constructor(@Inject(Doors) private readonly doors: Doors) {}

  @OnEvent(consumers.authObservations, facesObserved)
  async handle(event: CloudEvent<FacesObserved>, context: MessageContext): Promise<void> {
    const seen = event.data;
    const input = { on: 'faces', seen, freshAttempt: randomUUID(), freshAct: lot() } as const;
    await this.doors.tell(context.params['door'] ?? event.data.door, input);
  }
}

/** Drawn by the system's own generator: what a thief can foresee they can record. */
function lot(): ChallengeAct {
  const acts = challengeAct.options;
  return acts[randomInt(acts.length)] ?? 'blink';
}
