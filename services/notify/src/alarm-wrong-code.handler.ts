import { alarmWrongCode, type CloudEvent, consumers } from '@latchkey/contracts';
import { type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { AlarmReport } from './alarm-report.js';
import { Freshness } from './freshness.js';

/** Five wrong codes: guards hear of it, and the person whom the face was taken for. */
@Controller()
export class AlarmWrongCodeHandler {
  constructor(
    @Inject(AlarmReport) private readonly alarms: AlarmReport,
    @Inject(Freshness) private readonly freshness: Freshness,
  ) {}

  @OnEvent(consumers.notifyAlarms, alarmWrongCode)
  async handle(
    event: CloudEvent<z.infer<typeof alarmWrongCode.data>>,
    context: MessageContext,
  ): Promise<void> {
    if (this.freshness.isStale(context)) return;
    await this.alarms.report(event, 'wrong-code');
  }
}
