import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import type { DoorDisplay } from '@latchkey/contracts';
import type { Bucket } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { By } from '../access/caller.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import { DISPLAYS } from '../tokens.js';
import { getDisplay } from './doors.routes.js';
import { Presences } from './presences.js';

/** What a door shows now, and to whom. */
@Controller()
export class DisplayController {
  readonly #registry: RegistryClient;
  readonly #displays: Bucket<DoorDisplay>;
  readonly #presences: Presences;

  constructor(
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(DISPLAYS) displays: Bucket<DoorDisplay>,
    @Inject(Presences) presences: Presences,
  ) {
    this.#registry = registry;
    this.#displays = displays;
    this.#presences = presences;
  }

  @Handles(getDisplay)
  async get(
    @Input(getDisplay) { params }: InputOf<typeof getDisplay>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof getDisplay>> {
    const door = params.id;
    const shown = await this.#displays.get(door);
    const { kiosks, cameras } = this.#presences.of(door);
    if (shown) return { door, kiosks, cameras, display: shown.value };
    // A door that has shown nothing yet is told from one that does not exist.
    await this.#registry.call(Registry.getDoor, { door, by }, { correlationId });
    return { door, kiosks, cameras, display: null };
  }
}
