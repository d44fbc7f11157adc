import { accessDenied, type CloudEvent, consumers } from '@latchkey/contracts';
import { OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { StrangerReport } from './stranger-report.js';

/** A stranger was turned away. Of the other denials guards hear by their alarms, and the person by the door's display. */
@Controller()
export class AccessDeniedHandler {
  constructor(@Inject(StrangerReport) private readonly strangers: StrangerReport) {}

  @OnEvent(consumers.notifyAccess, accessDenied)
  async handle(event: CloudEvent<z.infer<typeof accessDenied.data>>): Promise<void> {
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
