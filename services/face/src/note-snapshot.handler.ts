import { type CloudEvent, type FacesObserved, facesSeen } from '@latchkey/contracts';
import { type MessageContext, OnSubject } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { Snapshots } from './snapshots.js';
import { SNAPSHOTS } from './tokens.js';

/** Hears of snapshots that the other workers kept, so that all together keep at most one a second and door. */
@Controller()
export class NoteSnapshotHandler {
  readonly #snapshots: Snapshots;

  constructor(@Inject(SNAPSHOTS) snapshots: Snapshots) {
    this.#snapshots = snapshots;
  }

  @OnSubject(facesSeen, { queue: false })
  note({ data }: CloudEvent<FacesObserved>, _context: MessageContext): void {
    if (data.snapshot) this.#snapshots.turns.note(data.door, data.capturedAt);
  }
}
