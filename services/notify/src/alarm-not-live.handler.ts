import { alarmNotLive, type CloudEvent, consumers } from '@latchkey/contracts';
import { type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { Freshness } from './freshness.js';
import { GatheringReport } from './gathering-report.js';

/** A face that is not live: guards hear of it. */
@Controller()
export class AlarmNotLiveHandler {
  constructor(
    @Inject(GatheringReport) private readonly gathering: GatheringReport,
    @Inject(Freshness) private readonly freshness: Freshness,
  ) {}

  @OnEvent(consumers.notifyAlarms, alarmNotLive)
  async handle(
    event: CloudEvent<z.infer<typeof alarmNotLive.data>>,
    context: MessageContext,
  ): Promise<void> {
    if (this.freshness.isStale(context)) return;
    const { door, person, evidence, at } = event.data;
    const { id, correlationid: correlationId } = event;
    await this.gathering.report(
      { door, reason: 'not-live', person },
      { event: id, correlationId, evidence, at },
    );
  }
}
