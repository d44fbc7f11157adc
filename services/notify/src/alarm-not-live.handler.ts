import { alarmNotLive, type CloudEvent, consumers } from '@latchkey/contracts';
import { type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { AlarmReport } from './alarm-report.js';
import { Freshness } from './freshness.js';

/** A face that is not live: guards hear of it. */
@Controller()
export class AlarmNotLiveHandler {
  constructor(
    @Inject(AlarmReport) private readonly alarms: AlarmReport,
    @Inject(Freshness) private readonly freshness: Freshness,
  ) {}

  @OnEvent(consumers.notifyAlarms, alarmNotLive)
  async handle(
    event: CloudEvent<z.infer<typeof alarmNotLive.data>>,
    context: MessageContext,
  ): Promise<void> {
    if (this.freshness.isStale(context)) return;
    await this.alarms.report(event, 'not-live');
  }
}
