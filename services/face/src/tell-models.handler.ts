import { faceModels, type ModelPackFacts } from '@latchkey/contracts';
import { OnRequest } from '@latchkey/runtime';
import type { ModelPack } from '@latchkey/vision';
import { Controller, Inject } from '@nestjs/common';
import { MODEL_PACK } from './tokens.js';

/** Which models this worker runs. */
@Controller()
export class TellModelsHandler {
  readonly #pack: ModelPack;

  constructor(@Inject(MODEL_PACK) pack: ModelPack) {
    this.#pack = pack;
  }

  @OnRequest(faceModels)
  tell(): ModelPackFacts {
    return { id: this.#pack.id, ...this.#pack.manifest };
  }
}
