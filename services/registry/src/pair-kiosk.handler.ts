import { kioskPair, type KioskPaired } from '@latchkey/contracts';
import { Failure, type MessageContext, OnRequest, type Question } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { Registry } from './registry.js';
import { REGISTRY } from './tokens.js';

/** A one-time code and the digest of a kiosk's token, sealed → the door that the kiosk stands at from now on. */
@Controller()
export class PairKioskHandler {
  readonly #registry: Registry;

  constructor(@Inject(REGISTRY) registry: Registry) {
    this.#registry = registry;
  }

  @OnRequest(kioskPair)
  async pair({ payload }: Question, { correlationId }: MessageContext): Promise<KioskPaired> {
    try {
      const sealed = new TextDecoder().decode(payload);
      return { ok: true, ...(await this.#registry.pairing.pairKiosk(sealed, { correlationId })) };
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === 'retryable') throw error;
      return { ok: false, code: error.code, message: error.message };
    }
  }
}
