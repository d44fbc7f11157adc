import { alarmNotLive, type CloudEvent, consumers } from '@latchkey/contracts';
import { OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { AlarmReport } from './alarm-report.js';

/** A face that is not live: guards hear of it. */
@Controller()
export class AlarmNotLiveHandler {
  constructor(@Inject(AlarmReport) private readonly alarms: AlarmReport) {}

  @OnEvent(consumers.notifyAlarms, alarmNotLive)
  async handle(event: CloudEvent<z.infer<typeof alarmNotLive.data>>): Promise<void> {
    await this.alarms.report(event, 'not-live');
  }
}
