import { RegistryServiceService as Registry, type SeenBefore } from '@latchkey/contracts/grpc';
import { Controller, Inject } from '@nestjs/common';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import { getLikeness } from './visitors.routes.js';

type Likeness = AnswerOf<typeof getLikeness>;

/** Who was seen before. */
@Controller()
export class VisitorsController {
  readonly #registry: RegistryClient;

  constructor(@Inject(RegistryClient) registry: RegistryClient) {
    this.#registry = registry;
  }

  @Handles(getLikeness)
  async likeness(
    @Input(getLikeness) { query }: InputOf<typeof getLikeness>,
    @CorrelationId() correlationId: string,
  ): Promise<Likeness> {
    const asked = { visitors: query.alerts };
    const reply = await this.#registry.call(Registry.listSightings, asked, { correlationId });
    return { kept: reply.kept, days: reply.days, visitors: reply.visitors.map(answerOf) };
  }
}

function answerOf({ visitor, times, doors, sightings }: SeenBefore): Likeness['visitors'][number] {
  return {
    alert: visitor,
    times,
    doors,
    sightings: sightings.map(({ visitor: alert, door, at, evidence }) => ({
      alert,
      door,
      at: new Date(at).toISOString(),
      evidence,
    })),
  };
}
