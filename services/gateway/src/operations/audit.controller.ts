import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { Controller, Inject } from '@nestjs/common';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import { toAuditAnswer } from './audit-answer.pure.js';
import { listAudit } from './operations.routes.js';

/** Who did what. */
@Controller()
export class AuditController {
  readonly #registry: RegistryClient;

  constructor(@Inject(RegistryClient) registry: RegistryClient) {
    this.#registry = registry;
  }

  @Handles(listAudit)
  async list(
    @Input(listAudit) { query }: InputOf<typeof listAudit>,
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof listAudit>> {
    const { since = 0, until = 0, by = '', action = '', person = '', door = '' } = query;
    const paged = { pageSize: query.limit, pageToken: query.cursor ?? '' };
    const page = await this.#registry.call(
      Registry.listAudit,
      { since, until, by, action, person, door, ...paged },
      { correlationId },
    );
    return { entries: page.entries.map(toAuditAnswer), next: page.nextPageToken || null };
  }
}
