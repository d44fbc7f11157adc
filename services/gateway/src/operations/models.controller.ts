import { faceModels, type ModelPackFacts } from '@latchkey/contracts';
import { BUS, type Bus, CONFIG, request } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { GatewayConfig } from '../config.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles } from '../http/handles.js';
import type { AnswerOf } from '../http/route.js';
import { keptEvaluations } from './kept-evaluations.js';
import { getModels } from './operations.routes.js';

/** Which models look at faces, and how well. */
@Controller()
export class ModelsController {
  readonly #bus: Bus;
  readonly #dataDir: string;

  constructor(@Inject(BUS) bus: Bus, @Inject(CONFIG) config: GatewayConfig) {
    this.#bus = bus;
    this.#dataDir = config.LK_DATA_DIR;
  }

  @Handles(getModels)
  async get(@CorrelationId() correlationId: string): Promise<AnswerOf<typeof getModels>> {
    const [pack, evaluations] = await Promise.all([
      this.#ask(correlationId),
      keptEvaluations(this.#dataDir),
    ]);
    return { pack, evaluations };
  }

  /** What was evaluated can be read though no worker answers. */
  async #ask(correlationId: string): Promise<ModelPackFacts | null> {
    try {
      return await request(this.#bus, faceModels, '', { correlationId });
    } catch {
      return null;
    }
  }
}
