import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { Controller, Inject } from '@nestjs/common';
import { By } from '../access/caller.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import { testLock } from './doors.routes.js';

/** The lock of a door, tried by hand. */
@Controller()
export class LockController {
  readonly #registry: RegistryClient;

  constructor(@Inject(RegistryClient) registry: RegistryClient) {
    this.#registry = registry;
  }

  @Handles(testLock)
  async test(
    @Input(testLock) { params, body }: InputOf<typeof testLock>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof testLock>> {
    const asked = { door: params.id, ...body, by };
    const told = await this.#registry.call(Registry.testLock, asked, { correlationId });
    return { sent: told.sent, expiresAt: new Date(told.expiresAt).toISOString() };
  }
}
