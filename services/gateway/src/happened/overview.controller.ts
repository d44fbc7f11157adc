import type { DoorDisplay } from '@latchkey/contracts';
import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import type { Bucket } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { toDoorAnswer } from '../doors/door-answer.pure.js';
import { Presences } from '../doors/presences.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles } from '../http/handles.js';
import { RegistryClient } from '../registry.client.js';
import { DISPLAYS } from '../tokens.js';
import { lastAtDoor } from './find-events.js';
import { History } from './history.js';
import { lineOf } from './event-line.pure.js';
import { getOverview } from './overview.routes.js';
import type { OverviewAnswer } from './overview.schemas.js';

/** All doors at a glance. */
@Controller()
export class OverviewController {
  readonly #registry: RegistryClient;
  readonly #displays: Bucket<DoorDisplay>;
  readonly #presences: Presences;
  readonly #history: History;

  constructor(
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(DISPLAYS) displays: Bucket<DoorDisplay>,
    @Inject(Presences) presences: Presences,
    @Inject(History) history: History,
  ) {
    this.#registry = registry;
    this.#displays = displays;
    this.#presences = presences;
    this.#history = history;
  }

  @Handles(getOverview)
  async get(@CorrelationId() correlationId: string): Promise<OverviewAnswer> {
    const model = this.#history.read();
    const { doors } = await this.#registry.call(Registry.listDoors, {}, { correlationId });
    return {
      doors: await Promise.all(
        doors.map(async (given) => {
          const door = toDoorAnswer(given);
          const display = await this.#displays.get(door.id);
          const { kiosks, cameras } = this.#presences.of(door.id);
          const last = lastAtDoor(model, door.id);
          return {
            ...door,
            display: display?.value ?? null,
            online: kiosks + cameras > 0,
            kiosks,
            cameras,
            last: last && lineOf(last),
          };
        }),
      ),
    };
  }
}
