import { alarmWrongCode, type CloudEvent, consumers } from '@latchkey/contracts';
import { type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { Freshness } from './freshness.js';
import { GatheringReport } from './gathering-report.js';

/** Five wrong codes: guards hear of it, and the person whom the face was taken for. */
@Controller()
export class AlarmWrongCodeHandler {
  constructor(
    @Inject(GatheringReport) private readonly gathering: GatheringReport,
    @Inject(Freshness) private readonly freshness: Freshness,
  ) {}

  @OnEvent(consumers.notifyAlarms, alarmWrongCode)
  async handle(
    event: CloudEvent<z.infer<typeof alarmWrongCode.data>>,
    context: MessageContext,
  ): Promise<void> {
    if (this.freshness.isStale(context)) return;
    const { door, person, evidence, at } = event.data;
    const { id, correlationid: correlationId } = event;
    await this.gathering.report(
      { door, reason: 'wrong-code', person },
      { event: id, correlationId, evidence, at },
    );
  }
}
