// A service that handles alarms, as its own process: some end it, some take a while, or freeze it. Its clock may be wrong.
import { alarmMismatch, alarmNotLive, consumers, filterOf } from '@latchkey/contracts';
import {
  BUS,
  commonConfig,
  defineService,
  OnEvent,
  publishEvent,
  runMain,
} from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

let freezes = process.env.FREEZES === '1';
const skewMs = Number(process.env.CLOCK_SKEW_MS ?? 0);
const trueNow = Date.now;
Date.now = () => trueNow() + skewMs;

const consumer = {
  ...consumers.notifyAlarms,
  durable: 'probe',
  events: [alarmNotLive],
  filters: [filterOf(alarmNotLive)],
  ackWaitMs: 1_000,
  maxTries: Number(process.env.MAX_TRIES ?? 0),
};

class AlarmHandler {
  constructor(bus) {
    this.bus = bus;
  }

  async handle(event) {
    process.stdout.write(`handling ${event.id}\n`);
    if (event.id.startsWith('poison')) process.kill(process.pid, 'SIGKILL');
    // By its own hand, since from outside it could be too late; once, though what it held may come to itself again.
    if (event.id.startsWith('slow') && freezes) {
      freezes = false;
      process.kill(process.pid, 'SIGSTOP');
    }
    if (event.id.startsWith('slow')) await delay(300);
    const { door } = event.data;
    const facts = { id: `done:${event.id}`, correlationId: event.correlationid };
    await publishEvent(
      this.bus,
      alarmMismatch,
      { door },
      { ...facts, data: alarmMismatch.example },
    );
    process.stdout.write(`handled ${event.id}\n`);
  }
}
Controller()(AlarmHandler);
Inject(BUS)(AlarmHandler, undefined, 0);
const method = Object.getOwnPropertyDescriptor(AlarmHandler.prototype, 'handle');
OnEvent(consumer, alarmNotLive)(AlarmHandler.prototype, 'handle', method);

const probe = defineService({
  name: 'probe',
  config: z.object({ ...commonConfig }),
  consumers: [consumer],
  handlers: [AlarmHandler],
});
runMain(() => probe.create(probe.readConfig()));
