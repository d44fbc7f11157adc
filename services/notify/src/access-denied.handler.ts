import { accessDenied, type CloudEvent, consumers } from '@latchkey/contracts';
import { type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { Freshness } from './freshness.js';
import { GatheringReport } from './gathering-report.js';

/** A stranger was turned away. Of the other denials guards hear by their alarms, and the person by the door's display. */
@Controller()
export class AccessDeniedHandler {
  constructor(
    @Inject(GatheringReport) private readonly gathering: GatheringReport,
    @Inject(Freshness) private readonly freshness: Freshness,
  ) {}

  @OnEvent(consumers.notifyAccess, accessDenied)
  async handle(
    event: CloudEvent<z.infer<typeof accessDenied.data>>,
    context: MessageContext,
  ): Promise<void> {
    if (this.freshness.isStale(context)) return;
    const { reason, door, evidence, at } = event.data;
    if (reason !== 'unknown') return;
    const { id, correlationid: correlationId } = event;
    await this.gathering.report(
      { door, reason, person: null },
      { event: id, correlationId, evidence, at },
    );
  }
}
