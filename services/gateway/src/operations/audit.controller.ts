import { type AuditEntry, RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { BUS, type Bus } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Asker, type Caller } from '../access/caller.js';
import { Cursors, type CursorShape } from '../events/cursors.js';
import { hearsSilent, isLookOfNow, isSilentAct } from '../events/silent.pure.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import { readAudit } from './audit-reader.js';
import { toAuditAnswer } from './audit-answer.pure.js';
import { listAudit, listAuditChain } from './operations.routes.js';

/** The registry says whether it is one of its own. */
const placeInAudit: CursorShape = { pattern: /./, expected: 'the `next` of the page before' };

/** Who did what. */
@Controller()
export class AuditController {
  readonly #registry: RegistryClient;
  readonly #cursors: Cursors;
  readonly #bus: Bus;

  constructor(
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(Cursors) cursors: Cursors,
    @Inject(BUS) bus: Bus,
  ) {
    this.#registry = registry;
    this.#cursors = cursors;
    this.#bus = bus;
  }

  @Handles(listAudit)
  async list(
    @Input(listAudit) { query }: InputOf<typeof listAudit>,
    @Asker() asker: Caller,
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof listAudit>> {
    const { since = 0, until = 0, by = '', action = '', person = '', door = '' } = query;
    const { limit, cursor } = query;
    const asked = { since, until, by, action, person, door };
    const from = cursor ? this.#cursors.read(asker, cursor, placeInAudit) : '';
    const { entries, next } = await readAudit(
      (pageSize, pageToken) =>
        this.#registry.call(
          Registry.listAudit,
          { ...asked, pageSize, pageToken },
          { correlationId },
        ),
      { limit, from, isTold: hearsSilent(asker) ? undefined : (entry) => this.#isTold(entry) },
    );
    return {
      entries: entries.map(toAuditAnswer),
      next: next && this.#cursors.given(asker, next),
    };
  }

  /** To who hears no silent alarms. */
  #isTold(entry: AuditEntry): boolean {
    return !isSilentAct(entry) && !isLookOfNow(entry, this.#bus.nowMs());
  }

  @Handles(listAuditChain)
  async chain(
    @Input(listAuditChain) { query }: InputOf<typeof listAuditChain>,
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof listAuditChain>> {
    const asked = { pageSize: query.limit, pageToken: query.cursor ?? '' };
    const page = await this.#registry.call(Registry.listAuditChain, asked, { correlationId });
    return {
      links: page.links.map(({ entry = null, end = null, ...link }) => ({ ...link, entry, end })),
      checkpoints: page.checkpoints,
      next: page.nextPageToken || null,
    };
  }
}
