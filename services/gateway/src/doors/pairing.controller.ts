import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { Controller, Inject } from '@nestjs/common';
import { By } from '../access/caller.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import { createPairing, unpair } from './doors.routes.js';

/** Which kiosk stands at a door. */
@Controller()
export class PairingController {
  readonly #registry: RegistryClient;

  constructor(@Inject(RegistryClient) registry: RegistryClient) {
    this.#registry = registry;
  }

  @Handles(createPairing)
  async create(
    @Input(createPairing) { params }: InputOf<typeof createPairing>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof createPairing>> {
    const which = { door: params.id, by };
    const made = await this.#registry.call(Registry.createPairing, which, { correlationId });
    return { code: made.code, expiresAt: new Date(made.expiresAt).toISOString() };
  }

  @Handles(unpair)
  async unpair(
    @Input(unpair) { params }: InputOf<typeof unpair>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<void> {
    const which = { door: params.id, by };
    await this.#registry.call(Registry.unpairKiosk, which, { correlationId });
  }
}
