import { alarmMismatch, type CloudEvent, consumers } from '@latchkey/contracts';
import { type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { Freshness } from './freshness.js';
import { GatheringReport } from './gathering-report.js';

/** Face and code of two people: guards hear of it, and the person whom the face was taken for. */
@Controller()
export class AlarmMismatchHandler {
  constructor(
    @Inject(GatheringReport) private readonly gathering: GatheringReport,
    @Inject(Freshness) private readonly freshness: Freshness,
  ) {}

  @OnEvent(consumers.notifyAlarms, alarmMismatch)
  async handle(
    event: CloudEvent<z.infer<typeof alarmMismatch.data>>,
    context: MessageContext,
  ): Promise<void> {
    if (this.freshness.isStale(context)) return;
    const { door, person, evidence, at } = event.data;
    const { id, correlationid: correlationId } = event;
    await this.gathering.report(
      { door, reason: 'mismatch', person },
      { event: id, correlationId, evidence, at },
    );
  }
}
