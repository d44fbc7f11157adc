import { accessDenied, type CloudEvent, consumers } from '@latchkey/contracts';
import { type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { StrangerReport } from './stranger-report.js';
import { Freshness } from './freshness.js';

/** A stranger was turned away. Of the other denials guards hear by their alarms, and the person by the door's display. */
@Controller()
export class AccessDeniedHandler {
  constructor(
    @Inject(StrangerReport) private readonly strangers: StrangerReport,
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
    await this.strangers.report(door, {
      event: event.id,
      correlationId: event.correlationid,
      evidence,
      at,
    });
  }
}
