import { alarmWrongCode, type CloudEvent, consumers } from '@latchkey/contracts';
import { OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { AlarmReport } from './alarm-report.js';

/** Five wrong codes: guards hear of it, and the person whom the face was taken for. */
@Controller()
export class AlarmWrongCodeHandler {
  constructor(@Inject(AlarmReport) private readonly alarms: AlarmReport) {}

  @OnEvent(consumers.notifyAlarms, alarmWrongCode)
  async handle(event: CloudEvent<z.infer<typeof alarmWrongCode.data>>): Promise<void> {
    await this.alarms.report(event, 'wrong-code');
  }
}
