import { alarmDuress, type CloudEvent, consumers } from '@latchkey/contracts';
import { type MessageContext, OnEvent } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { Announcer } from './announcer.js';
import { Freshness } from './freshness.js';

/** A duress code was shown: each guard hears of it at once, and nobody else, the person least of all. */
@Controller()
export class AlarmDuressHandler {
  constructor(
    @Inject(Announcer) private readonly announcer: Announcer,
    @Inject(Freshness) private readonly freshness: Freshness,
  ) {}

  @OnEvent(consumers.notifyAlarms, alarmDuress)
  async handle(
    event: CloudEvent<z.infer<typeof alarmDuress.data>>,
    context: MessageContext,
  ): Promise<void> {
    if (this.freshness.isStale(context)) return;
    const { door, person, at } = event.data;
    const about = { cause: event.id, correlationId: event.correlationid, about: person, door, at };
    await this.announcer.announce(
      { ...about, occasion: 'silent-alarm' },
      { audience: 'guards', except: person },
    );
  }
}
